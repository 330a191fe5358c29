import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transaction.ts';

/** That MySQL purged binlogs which a connector had not read, and that it has read the outbox anew since. */
export interface BinlogLoss {
  readonly connector: string;
  readonly purgedAt: Date;
  /** Null while events may be missing in Kafka. */
  readonly healedAt: Date | null;
}

/** What came to light when a connector's position was noted. */
export type PositionChange = 'purged' | 'healed';

interface PositionRow {
  gtids: string;
  is_there: number | string;
  purged_at: string | null;
  healed_at: string | null;
}

/**
 * Notes how far a connector has read, and tells whether MySQL has purged what it had not read: where it stands now, or where it stood when
 * it was noted last, before it jumped ahead by a snapshot. Without GTIDs nothing can be told.
 * @param gtids what the connector has read; undefined where it cannot be asked, or is in the middle of a snapshot
 */
export function notePosition(
  knex: Knex,
  connector: string,
  gtids: string | undefined,
  now: Date,
): Promise<PositionChange[]> {
  return inTransaction(knex, async (trx) => {
    const at = toSqlInstant(now);
    const [stored] = await selectRows<PositionRow>(
      trx,
      `SELECT gtids, GTID_SUBSET(@@GLOBAL.gtid_purged, gtids) AS is_there, CAST(purged_at AS CHAR) AS purged_at,
              CAST(healed_at AS CHAR) AS healed_at
         FROM connector_positions WHERE connector = ? FOR UPDATE`,
      [connector],
    );
    const changes: PositionChange[] = [];
    let isOpen = stored !== undefined && stored.purged_at !== null && stored.healed_at === null;
    if (stored !== undefined && !isOpen && Number(stored.is_there) === 0) {
      changes.push('purged');
      isOpen = true;
      await markPurged(trx, connector, now);
    }
    if (gtids === undefined || !(await isReadable(trx, gtids))) return changes;
    if (isOpen) changes.push('healed');
    await trx.raw(
      `INSERT INTO connector_positions (connector, gtids, seen_at) VALUES (?, ?, ?) AS fresh
         ON DUPLICATE KEY UPDATE gtids = fresh.gtids, seen_at = fresh.seen_at, healed_at = IF(?, fresh.seen_at, connector_positions.healed_at)`,
      [connector, gtids, at, isOpen ? 1 : 0],
    );
    return changes;
  });
}

export async function markPurged(trx: Knex, connector: string, now: Date): Promise<void> {
  await trx.raw('UPDATE connector_positions SET purged_at = ?, healed_at = NULL WHERE connector = ?', [
    toSqlInstant(now),
    connector,
  ]);
}

/** The loss that was noted last, of any connector of this database; undefined where there was none. */
export async function lastBinlogLoss(db: Knex): Promise<BinlogLoss | undefined> {
  const [row] = await selectRows<{ connector: string; purged_at: string; healed_at: string | null }>(
    db,
    `SELECT connector, CAST(purged_at AS CHAR) AS purged_at, CAST(healed_at AS CHAR) AS healed_at
       FROM connector_positions WHERE purged_at IS NOT NULL ORDER BY connector_positions.purged_at DESC LIMIT 1`,
  );
  return (
    row && {
      connector: row.connector,
      purgedAt: fromSqlInstant(row.purged_at),
      healedAt: row.healed_at === null ? null : fromSqlInstant(row.healed_at),
    }
  );
}

async function isReadable(trx: Knex, gtids: string): Promise<boolean> {
  const [row] = await selectRows<{ is_there: number | string }>(
    trx,
    'SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?) AS is_there',
    [gtids],
  );
  return Number(row?.is_there) === 1;
}
