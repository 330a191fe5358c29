import type { Knex } from 'knex';
import { isLedgerError } from '../errors.ts';
import { dropKnown } from '../inbox/apply-batch.ts';
import { planOf } from '../inbox/apply-events.ts';
import { aggregateKey } from '../inbox/dead-letters-table.ts';
import type { Handlers } from '../inbox/handler.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import type { LinkedEntry } from '../journal/entry.ts';
import { prepare } from '../journal/prepare.ts';
import { createLedger } from '../ledger.ts';
import { findLedger } from '../ledgers-table.ts';
import { formatMoney, minorUnits } from '../money/money.ts';
import { SETTLEMENT_CONSUMER } from '../settlement/payment-confirmed.ts';
import { openHistory } from './history.ts';
import { discardedOf } from './rebuilding.ts';
import type { ReplayedEvent, ReplayKind, ReplayRange } from './run.ts';
import { assertFresh, kindOf, type ReplayRequest } from './session.ts';
import { settleRange } from './settled-range.ts';

/** What a replay would change. Amounts are text in major units. */
export interface ReplayPreview extends ReplayRange {
  readonly kind: ReplayKind;
  readonly events: number;
  /** Applied already, or seen to in dead letters: they would be dropped. */
  readonly known: number;
  readonly wouldApply: number;
  /** Events of which it shows already that they would go to dead letters. What accounts refuse shows only when it is posted. */
  readonly wouldPark: number;
  readonly entries: number;
  /** What would be posted, per account, in the order of the codes. */
  readonly accounts: readonly {
    readonly account: string;
    readonly currency: string;
    readonly debit: string;
    readonly credit: string;
  }[];
  readonly heldSeq: bigint | null;
}

const PAGE = 500;

interface Tally {
  events: number;
  known: number;
  wouldApply: number;
  wouldPark: number;
  entries: number;
  /** By account and currency. */
  readonly turnovers: Map<string, { account: string; currency: string; debit: bigint; credit: bigint }>;
}

/**
 * Says what a replay would change, and writes nothing. Memory grows with the accounts, not with the events.
 * @throws LedgerError as `beginReplay`, except that another replay may be under way
 */
export async function previewReplay(
  knex: Knex,
  request: ReplayRequest,
  handlers: Handlers,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (events: number, total: number) => void } = {},
): Promise<ReplayPreview> {
  const kind = kindOf(request);
  const source = await createLedger({ knex, name: request.ledger, mustExist: true });
  if (request.into !== undefined) {
    const target = await findLedger(knex, request.into);
    if (target !== undefined) await assertFresh(knex, { ...target, name: request.into }, source.timeZone);
  }
  const aggregateId = request.aggregateId ?? null;
  const range = await settleRange(knex, request, aggregateId, request.archiveFolder);
  const key: ConsumerKey = { ledgerId: source.ledgerId, consumer: SETTLEMENT_CONSUMER };
  const tally: Tally = { events: 0, known: 0, wouldApply: 0, wouldPark: 0, entries: 0, turnovers: new Map() };
  const history = openHistory(knex, request.archiveFolder);
  try {
    for (let from = range.fromSeq; from <= range.toSeq && signal?.aborted !== true; ) {
      const page = await history.page({ toSeq: range.toSeq, aggregateId }, from, PAGE);
      await previewPage(knex, { kind, key, handlers, tally }, page.events);
      onProgress?.(tally.events, range.totalEvents);
      from = page.nextSeq;
    }
  } finally {
    await history.close();
  }
  const { turnovers, ...counts } = tally;
  const { fromSeq, toSeq, heldSeq } = range;
  return { kind, fromSeq, toSeq, heldSeq, ...counts, accounts: accountsOf(turnovers) };
}

interface Previewing {
  readonly kind: ReplayKind;
  readonly key: ConsumerKey;
  readonly handlers: Handlers;
  readonly tally: Tally;
}

async function previewPage(
  knex: Knex,
  { kind, key, handlers, tally }: Previewing,
  events: readonly ReplayedEvent[],
): Promise<void> {
  const { fresh, behind } = await freshOf(knex, kind, key, events);
  tally.events += events.length;
  tally.known += events.length - fresh.length;
  for (const event of fresh) {
    const entries = behind.has(aggregateKey(event)) ? undefined : soundEntries(event, handlers);
    if (entries === undefined) {
      tally.wouldPark += 1;
      behind.add(aggregateKey(event));
      continue;
    }
    tally.wouldApply += 1;
    tally.entries += entries.length;
    for (const entry of entries) addLines(tally, entry);
  }
}

/** The events that are not known yet, and the aggregates of which an event waits in dead letters. */
async function freshOf(
  knex: Knex,
  kind: ReplayKind,
  key: ConsumerKey,
  events: readonly ReplayedEvent[],
): Promise<{ fresh: readonly ReplayedEvent[]; behind: Set<string> }> {
  if (kind === 'rebuild') {
    const discarded = new Set((await discardedOf(knex, key, events)).map(({ event }) => event.eventId));
    return { fresh: events.filter(({ eventId }) => !discarded.has(eventId)), behind: new Set() };
  }
  const { fresh, parked } = await dropKnown(knex, key, [{ topic: '', partition: 0, events }]);
  return { fresh: events.filter((event) => fresh.has(event)), behind: parked.aggregates };
}

/** Undefined where a plan, or an entry of it, cannot be made. */
function soundEntries(event: ReplayedEvent, handlers: Handlers): readonly LinkedEntry[] | undefined {
  const plan = planOf(event, handlers);
  if (isLedgerError(plan)) return undefined;
  try {
    for (const entry of plan.entries) prepare(entry);
    return plan.entries;
  } catch {
    return undefined;
  }
}

function addLines({ turnovers }: Tally, { lines }: LinkedEntry): void {
  for (const { account, side, amount } of lines) {
    const { minor, currency } = amount;
    const place = `${account} ${currency}`;
    const turnover = turnovers.get(place) ?? { account, currency, debit: 0n, credit: 0n };
    turnover[side] += minor;
    turnovers.set(place, turnover);
  }
}

function accountsOf(turnovers: Tally['turnovers']): ReplayPreview['accounts'] {
  const text = (minor: bigint, currency: string) => formatMoney(minorUnits(minor, currency));
  return [...turnovers.values()]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .map(({ account, currency, debit, credit }) => ({
      account,
      currency,
      debit: text(debit, currency),
      credit: text(credit, currency),
    }));
}
