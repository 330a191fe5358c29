import { SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Delivery, JournalEntry, OutboxRow } from './step.ts';

/** A payment's event; only rows above `afterSeq` are looked at, because the outbox has no index by what it is about. */
export async function findOutboxRow(
  knex: Knex,
  paymentKey: string,
  afterSeq: bigint,
): Promise<OutboxRow | undefined> {
  const [[row]] = await knex.raw(
    `SELECT CAST(seq AS CHAR) AS seq, event_id AS eventId, event_type AS eventType, event_version AS eventVersion
       FROM outbox WHERE seq > ? AND aggregate_type = 'payment' AND aggregate_id = ? LIMIT 1`,
    [afterSeq.toString(), paymentKey],
  );
  return row;
}

/** How an event was applied; undefined while it is not. */
export async function findDelivery(
  knex: Knex,
  ledgerId: number,
  eventId: string,
): Promise<Delivery | undefined> {
  const [[row]] = await knex.raw(
    `SELECT i.topic, i.source_partition, CAST(i.source_offset AS CHAR) AS source_offset,
            TIMESTAMPDIFF(MICROSECOND, o.created_at, i.applied_at) AS micros
       FROM inbox AS i JOIN outbox AS o ON o.seq = i.outbox_seq
      WHERE i.ledger_id = ? AND i.consumer = ? AND i.event_id = ?`,
    [ledgerId, SETTLEMENT_CONSUMER, eventId],
  );
  if (row === undefined) return undefined;
  return {
    source: row.topic === 'outbox' ? 'embedded' : 'kafka',
    topic: row.topic,
    partition: Number(row.source_partition),
    offset: row.source_offset,
    delayMs: Number(row.micros) / 1000,
  };
}

/** Why an event waits in dead letters; undefined where it does not. */
export async function findDeadLetter(
  knex: Knex,
  ledgerId: number,
  eventId: string,
): Promise<string | undefined> {
  const [[row]] = await knex.raw(
    'SELECT reason_code, reason FROM dead_letters WHERE ledger_id = ? AND consumer = ? AND event_id = ?',
    [ledgerId, SETTLEMENT_CONSUMER, eventId],
  );
  return row === undefined ? undefined : `${row.reason_code}: ${row.reason}`;
}

/** The entries that settle an event, found by their idempotency keys, which begin with it. */
export async function findEntries(knex: Knex, ledgerId: number, eventId: string): Promise<JournalEntry[]> {
  const [rows] = await knex.raw(
    `SELECT LOWER(HEX(e.entry_id)) AS entry, e.description, a.code, CAST(l.amount AS CHAR) AS amount
       FROM journal_entries AS e
       JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE e.ledger_id = ? AND e.idempotency_key LIKE ?
      ORDER BY e.idempotency_key, l.line_number`,
    [ledgerId, `settlement:${eventId}:%`],
  );
  const lines = Map.groupBy(rows as EntryRow[], ({ entry }) => entry);
  return [...lines].map(([entry, its]) => ({
    entryId: `ent_${entry}`,
    description: its[0]?.description ?? '',
    lines: its.map(toLine),
  }));
}

interface EntryRow {
  entry: string;
  description: string;
  code: string;
  amount: string;
}

function toLine({ code, amount }: EntryRow): JournalEntry['lines'][number] {
  return amount.startsWith('-')
    ? { account: code, side: 'credit', amount: amount.slice(1) }
    : { account: code, side: 'debit', amount };
}
