import { isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';

export interface FeedPosition {
  readonly nextSeq: bigint;
  /** Since when the event there is missing. */
  readonly gapSince: Date | null;
}

/** The one feed that there is. */
const FEED = 1;

/** Where the feed stands, locked; undefined where another process is at it. It begins with the outbox as it is then. */
export async function lockFeed(trx: Knex.Transaction, beginAt: bigint): Promise<FeedPosition | undefined> {
  const read = () =>
    selectRows<{ next_seq: string; gap_since: string | null }>(
      trx,
      `SELECT CAST(next_seq AS CHAR) AS next_seq, gap_since FROM webhook_feed WHERE feed = ? FOR UPDATE NOWAIT`,
      [FEED],
    );
  try {
    let [row] = await read();
    if (row === undefined) {
      await execute(
        trx,
        'INSERT INTO webhook_feed (feed, next_seq) VALUES (?, ?) ON DUPLICATE KEY UPDATE feed = VALUES(feed)',
        [FEED, beginAt.toString()],
      );
      [row] = await read();
    }
    return (
      row && {
        nextSeq: BigInt(row.next_seq),
        gapSince: row.gap_since === null ? null : fromSqlInstant(row.gap_since),
      }
    );
  } catch (error) {
    if (isMysqlError(error, 'lockNowait')) return undefined;
    throw error;
  }
}

export async function moveFeed(trx: Knex.Transaction, { nextSeq, gapSince }: FeedPosition): Promise<void> {
  await execute(trx, 'UPDATE webhook_feed SET next_seq = ?, gap_since = ? WHERE feed = ?', [
    nextSeq.toString(),
    gapSince === null ? null : toSqlInstant(gapSince),
    FEED,
  ]);
}
