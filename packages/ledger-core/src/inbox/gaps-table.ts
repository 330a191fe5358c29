import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { ConsumerKey } from './offsets-table.ts';

/** An outbox seq that was passed by before it was visible. */
export interface Gap {
  readonly seq: bigint;
  readonly noticedAt: Date;
}

/** The seqs that a consumer has passed over and still waits for, lowest first. */
export async function readGaps(db: Knex, { ledgerId, consumer }: ConsumerKey): Promise<Gap[]> {
  const rows = await selectRows<{ seq: string; noticed_at: string }>(
    db,
    `SELECT CAST(seq AS CHAR) AS seq, CAST(noticed_at AS CHAR) AS noticed_at
       FROM outbox_gaps WHERE ledger_id = ? AND consumer = ? ORDER BY outbox_gaps.seq`,
    [ledgerId, consumer],
  );
  return rows.map((row) => ({ seq: BigInt(row.seq), noticedAt: fromSqlInstant(row.noticed_at) }));
}

/** Remembers gaps; one that is there already stays as it is. */
export async function insertGaps(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  seqs: readonly bigint[],
  noticedAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'outbox_gaps',
    ['ledger_id', 'consumer', 'seq', 'noticed_at'],
    seqs.map((seq) => [ledgerId, consumer, seq.toString(), toSqlInstant(noticedAt)]),
    'ON DUPLICATE KEY UPDATE seq = outbox_gaps.seq',
  );
}

/** Forgets gaps that were filled, or will never be. */
export async function deleteGaps(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  seqs: readonly bigint[],
): Promise<void> {
  if (seqs.length === 0) return;
  await trx.raw('DELETE FROM outbox_gaps WHERE ledger_id = ? AND consumer = ? AND seq IN (?)', [
    ledgerId,
    consumer,
    seqs.map(String) as never,
  ]);
}
