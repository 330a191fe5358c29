import { LedgerError } from '../errors.ts';
import type { Handler } from '../inbox/handler.ts';
import { formatMoney, money } from '../money/money.ts';
import type { DeliveredEvent, NewEvent } from '../outbox/event.ts';
import type { Entry, Line } from './entry.ts';
import { assertUntied, prepare } from './prepare.ts';

/** The type and version of the event by which an entry travels through the outbox. */
export const ENTRY_REQUESTED = { eventType: 'EntryRequested', eventVersion: 1 } as const;
/** The aggregate type of entries that are posted later, and so their topic's name. */
export const ENTRY_AGGREGATE = 'entry';

/** An entry as JSON: amounts are text in major units, instants ISO 8601. */
interface EntryPayload {
  readonly ledger: string;
  readonly entry: Omit<Entry, 'lines' | 'effectiveAt'> & {
    readonly effectiveAt?: string;
    readonly lines: readonly {
      readonly account: string;
      readonly side: Line['side'];
      readonly amount: string;
      readonly currency: string;
    }[];
  };
}

/**
 * The event that asks for an entry to be posted. The entry is validated here, so that what can be told from it alone is told
 * at once; what depends on the accounts shows when it is posted.
 * @param orderKey entries of one order key are posted in the order in which they were asked for
 */
export function entryRequestedEvent(ledger: string, entry: Entry, orderKey?: string): NewEvent {
  assertUntied(entry);
  prepare(entry);
  const { lines, effectiveAt, ...rest } = entry;
  const payload: EntryPayload = {
    ledger,
    entry: {
      ...rest,
      ...(effectiveAt === undefined ? {} : { effectiveAt: effectiveAt.toISOString() }),
      lines: lines.map(({ account, side, amount }) => ({
        account,
        side,
        amount: formatMoney(amount),
        currency: amount.currency,
      })),
    },
  };
  return {
    aggregateType: ENTRY_AGGREGATE,
    aggregateId: orderKey ?? entry.idempotencyKey,
    ...ENTRY_REQUESTED,
    payload: { ...payload },
  };
}

/** Posts the entries that were asked for with `postLater`; those of another ledger are not this one's. */
export function postRequestedEntry(ledger: string): Handler {
  return (event) => {
    const payload = readPayload(event);
    return { accounts: [], entries: payload.ledger === ledger ? [toEntry(payload.entry)] : [] };
  };
}

/** The idempotency key of the entry that an event asks for; empty where its payload holds none. */
export function requestedKeyOf(payload: string): string {
  try {
    return String(JSON.parse(payload)?.entry?.idempotencyKey ?? '');
  } catch {
    return '';
  }
}

function toEntry({ lines, effectiveAt, ...rest }: EntryPayload['entry']): Entry {
  return {
    ...rest,
    ...(effectiveAt === undefined ? {} : { effectiveAt: new Date(effectiveAt) }),
    lines: lines.map(({ account, side, amount, currency }) => ({
      account,
      side,
      amount: money(amount, currency),
    })),
  };
}

/** @throws LedgerError `event_malformed` */
function readPayload(event: DeliveredEvent): EntryPayload {
  try {
    const payload: EntryPayload = JSON.parse(event.payload);
    if (typeof payload.ledger === 'string' && Array.isArray(payload.entry?.lines)) return payload;
  } catch {
    // Said below.
  }
  throw new LedgerError(
    'event_malformed',
    `The payload of ${event.eventType} ${event.eventId} holds no entry.`,
    {
      eventId: event.eventId,
    },
  );
}
