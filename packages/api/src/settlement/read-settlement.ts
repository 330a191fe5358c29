import {
  formatMoney,
  isLedgerError,
  type JournalEntry,
  type Ledger,
  type Lineage,
  sourceOfTopic,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { SettlementEventView } from './settlement-schema.ts';
import { findSeq, type Recorded, readRecorded } from './settlement-table.ts';

export interface SettlementContext {
  readonly knex: Knex;
  readonly ledger: Ledger;
}

/** How far what was recorded of an order has come on its way into the books. */
export async function readSettlement(
  context: SettlementContext,
  orderId: string,
  { withEntries }: { readonly withEntries: boolean },
): Promise<SettlementEventView[]> {
  const recorded = await readRecorded(context.knex, orderId);
  const lineages = await Promise.all(recorded.map((one) => followed(context, one)));
  const found = lineages.filter((lineage) => lineage !== undefined);
  return Promise.all(
    found.map(async (lineage) => ({
      ...eventView(lineage),
      entries: withEntries ? await readEntries(context.ledger, lineage) : null,
    })),
  );
}

/** Undefined where the event is not to be found: the outbox keeps its rows for a time only. */
async function followed({ knex, ledger }: SettlementContext, recorded: Recorded) {
  try {
    const seq = await findSeq(knex, ledger.name, recorded);
    const [lineage] = seq === undefined ? [] : await ledger.trace(seq);
    return lineage?.event == null ? undefined : { ...lineage, event: lineage.event };
  } catch (error) {
    if (isLedgerError(error) && error.code === 'replay_range_empty') return undefined;
    throw error;
  }
}

type Followed = NonNullable<Awaited<ReturnType<typeof followed>>>;

function eventView({ event, applied, deadLetter, entries }: Followed): Omit<SettlementEventView, 'entries'> {
  return {
    seq: event.seq.toString(),
    eventType: event.eventType,
    writtenAt: event.writtenAt.toISOString(),
    state: stateOf({ applied, deadLetter }),
    appliedAt: applied?.appliedAt.toISOString() ?? null,
    source: applied === null ? null : sourceOfTopic(applied.topic),
    entryCount: entries.length,
  };
}

function stateOf({
  applied,
  deadLetter,
}: Pick<Lineage, 'applied' | 'deadLetter'>): SettlementEventView['state'] {
  if (applied !== null) return 'applied';
  if (deadLetter === null) return 'waiting';
  return deadLetter.resolution === 'discarded' ? 'discarded' : 'held';
}

async function readEntries(ledger: Ledger, { entries }: Followed) {
  const found = await Promise.all(entries.map(({ entryId }) => ledger.getEntry(entryId)));
  return found.map(entryView);
}

function entryView({ entryId, description, bookedAt, lines }: JournalEntry) {
  return {
    entryId,
    description,
    bookedAt: bookedAt.toISOString(),
    lines: lines.map(({ account, side, amount }) => ({ account, side, amount: formatMoney(amount) })),
  };
}
