import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { ConsumerKey, Place } from './offsets-table.ts';

/** Which of the events this consumer has applied. */
export async function findApplied(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await selectRows<{ event_id: string }>(
    trx,
    'SELECT event_id FROM inbox WHERE ledger_id = ? AND consumer = ? AND event_id IN (?)',
    [ledgerId, consumer, eventIds],
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

export async function insertApplied(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  events: readonly { readonly event: DeliveredEvent; readonly place: Place }[],
  appliedAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'inbox',
    [
      'ledger_id',
      'consumer',
      'event_id',
      'outbox_seq',
      'topic',
      'source_partition',
      'source_offset',
      'applied_at',
    ],
    events.map(({ event, place }) => [
      ledgerId,
      consumer,
      event.eventId,
      event.seq.toString(),
      place.topic,
      place.partition,
      event.offset.toString(),
      toSqlInstant(appliedAt),
    ]),
  );
}

/** The highest outbox seq that this consumer has applied; 0 when it has applied none. */
export async function lastAppliedSeq(db: Knex, { ledgerId, consumer }: ConsumerKey): Promise<bigint> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    'SELECT CAST(MAX(outbox_seq) AS CHAR) AS seq FROM inbox WHERE ledger_id = ? AND consumer = ?',
    [ledgerId, consumer],
  );
  return BigInt(row?.seq ?? 0);
}
