import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type Check, MOST_FINDINGS } from './finding.ts';

/**
 * Invariant 4: an idempotency key maps to one entry. The unique index holds it; this check would see it broken after the index
 * was dropped and made again, or a table was restored without it.
 */
export async function checkKeys(trx: Knex, ledgerId: number): Promise<Check> {
  const [index] = await selectRows<{ is_there: number | string }>(
    trx,
    `SELECT COUNT(*) AS is_there FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = 'journal_entries' AND index_name = 'journal_entries_idempotency_key' AND non_unique = 0`,
  );
  if (Number(index?.is_there ?? 0) > 0) return { counted: {}, findings: [] };
  const rows = await selectRows<{ idempotency_key: string; entries: number | string }>(
    trx,
    `SELECT idempotency_key, COUNT(*) AS entries FROM journal_entries
      WHERE ledger_id = ? GROUP BY idempotency_key HAVING COUNT(*) > 1 LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return {
    counted: {},
    findings: [
      {
        invariant: 4,
        where: 'table journal_entries',
        detail: 'its unique index on the idempotency key is missing',
      },
      ...rows.map((row) => ({
        invariant: 4 as const,
        where: `idempotency key ${row.idempotency_key}`,
        detail: `maps to ${row.entries} entries`,
      })),
    ],
  };
}
