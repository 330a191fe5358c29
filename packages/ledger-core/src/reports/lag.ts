import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transaction.ts';
import {
  type ConsumerKey,
  lockOffsets,
  type PartitionKey,
  readOffsets,
  writeOffsets,
} from '../inbox/offsets-table.ts';
import { type BinlogLoss, lastBinlogLoss } from '../outbox/connector-positions-table.ts';
import { type RelayActivity, readActivity } from './relay-partitions.ts';

/** How far a consumer is behind the outbox, and who is at it. */
export interface Lag extends RelayActivity {
  /** Events in the outbox that are neither applied nor in dead letters. Counted up to 100,000. */
  readonly events: number;
  /** When the oldest of them was written; null when there is none. */
  readonly oldestAt: Date | null;
  /** Events that wait in dead letters. */
  readonly deadLetters: number;
  /** When the oldest event that is not applied was written, those in dead letters included. */
  readonly oldestUnsettledAt: Date | null;
  /** When MySQL last purged binlogs that the connector had not read; null where it never has. */
  readonly binlogLoss: BinlogLoss | null;
}

const MOST_COUNTED = 100_000;
/** Where counting starts is kept as an offset of its own: below it, everything is applied or in dead letters. */
const WATERMARK_TOPIC = '#settled';
/** A row can become visible below rows that are applied; only rows older than this are left behind by the watermark. */
const WATERMARK_DELAY_MS = 60_000;

export async function readLag(db: Knex, key: ConsumerKey): Promise<Lag> {
  const from = (await readOffsets(db, key, WATERMARK_TOPIC)).get(0)?.nextOffset ?? 0n;
  const behind = await countUnapplied(db, key, from);
  const letters = await countLetters(db, key);
  return {
    events: behind.events,
    oldestAt: behind.oldestAt,
    deadLetters: letters.count,
    oldestUnsettledAt: earlier(behind.oldestAt, letters.oldestAt),
    ...(await readActivity(db, key)),
    binlogLoss: (await lastBinlogLoss(db)) ?? null,
  };
}

/** Moves the place where counting starts; the relay calls it now and then, so that counting stays cheap. */
export async function advanceWatermark(knex: Knex, consumer: ConsumerKey, now: Date): Promise<void> {
  const key: PartitionKey = { ...consumer, topic: WATERMARK_TOPIC, partition: 0 };
  await inTransaction(knex, async (trx) => {
    const [stored] = await lockOffsets(trx, key, [key], now);
    if (stored === undefined) return;
    const [row] = await selectRows<{ first_open: string | null; last: string | null }>(
      trx,
      `SELECT CAST(MIN(IF(i.event_id IS NULL AND d.event_id IS NULL, o.seq, NULL)) AS CHAR) AS first_open, CAST(MAX(o.seq) AS CHAR) AS last
         FROM (SELECT seq, event_id FROM outbox WHERE seq >= ? AND created_at < ? ORDER BY seq LIMIT 10000) AS o
         LEFT JOIN inbox AS i ON i.ledger_id = ? AND i.consumer = ? AND i.event_id = o.event_id
         LEFT JOIN dead_letters AS d ON d.ledger_id = ? AND d.consumer = ? AND d.event_id = o.event_id`,
      [
        stored.nextOffset.toString(),
        toSqlInstant(new Date(now.getTime() - WATERMARK_DELAY_MS)),
        key.ledgerId,
        key.consumer,
        key.ledgerId,
        key.consumer,
      ],
    );
    if (row === undefined || row.last === null) return;
    const nextOffset = row.first_open === null ? BigInt(row.last) + 1n : BigInt(row.first_open);
    if (nextOffset > stored.nextOffset)
      await writeOffsets(trx, key, [{ place: key, offset: { ...stored, nextOffset } }], now);
  });
}

async function countUnapplied(
  db: Knex,
  key: ConsumerKey,
  from: bigint,
): Promise<{ events: number; oldestAt: Date | null }> {
  const [row] = await selectRows<{ events: number | string; oldest: string | null }>(
    db,
    `SELECT COUNT(*) AS events, CAST(MIN(u.created_at) AS CHAR) AS oldest
       FROM (SELECT o.created_at
               FROM outbox AS o
               LEFT JOIN inbox AS i ON i.ledger_id = ? AND i.consumer = ? AND i.event_id = o.event_id
               LEFT JOIN dead_letters AS d ON d.ledger_id = ? AND d.consumer = ? AND d.event_id = o.event_id
              WHERE o.seq >= ? AND i.event_id IS NULL AND d.event_id IS NULL
              LIMIT ?) AS u`,
    [key.ledgerId, key.consumer, key.ledgerId, key.consumer, from.toString(), MOST_COUNTED],
  );
  return { events: Number(row?.events ?? 0), oldestAt: instantOrNull(row?.oldest) };
}

async function countLetters(db: Knex, key: ConsumerKey): Promise<{ count: number; oldestAt: Date | null }> {
  const [row] = await selectRows<{ letters: number | string; oldest: string | null }>(
    db,
    `SELECT COUNT(*) AS letters, CAST(MIN(COALESCE(o.created_at, d.parked_at)) AS CHAR) AS oldest
       FROM dead_letters AS d LEFT JOIN outbox AS o ON o.seq = d.outbox_seq
      WHERE d.ledger_id = ? AND d.consumer = ? AND d.resolved_at IS NULL`,
    [key.ledgerId, key.consumer],
  );
  return { count: Number(row?.letters ?? 0), oldestAt: instantOrNull(row?.oldest) };
}

function instantOrNull(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : fromSqlInstant(text);
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
