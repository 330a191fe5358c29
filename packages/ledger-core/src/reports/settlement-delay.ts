import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';

/** How long events waited between their transaction and being applied, in ms. */
export interface SettlementDelay {
  readonly events: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Enough for a percentile, and little enough to sort. */
const MOST_MEASURED = 200_000;

/** The delay of the applied events from an outbox seq on; undefined when there is none. */
export async function readSettlementDelay(
  db: Knex,
  key: ConsumerKey,
  fromSeq: bigint,
): Promise<SettlementDelay | undefined> {
  const rows = await selectRows<{ micros: number | string }>(
    db,
    `SELECT TIMESTAMPDIFF(MICROSECOND, o.created_at, i.applied_at) AS micros
       FROM inbox AS i
       JOIN outbox AS o ON o.seq = i.outbox_seq
      WHERE i.ledger_id = ? AND i.consumer = ? AND i.outbox_seq >= ?
      LIMIT ?`,
    [key.ledgerId, key.consumer, fromSeq.toString(), MOST_MEASURED],
  );
  const sorted = rows.map(({ micros }) => Number(micros) / 1000).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    events: sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: sorted[sorted.length - 1] ?? 0,
  };
}
