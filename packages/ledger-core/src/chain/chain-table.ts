import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { Block } from './block.ts';

interface BlockRow {
  block_number: string;
  after_entry_id: Buffer;
  last_entry_id: Buffer;
  members: Buffer;
  late_entries: Buffer;
  previous_digest: Buffer;
  digest: Buffer;
  sealed_at: string;
}

const SELECT_BLOCKS = `SELECT CAST(block_number AS CHAR) AS block_number, after_entry_id, last_entry_id, members, late_entries,
       previous_digest, digest, CAST(sealed_at AS CHAR) AS sealed_at
  FROM chain_blocks
 WHERE ledger_id = ?`;

export async function readHead(db: Knex, ledgerId: number): Promise<Block | undefined> {
  const rows = await selectRows<BlockRow>(
    db,
    `${SELECT_BLOCKS} ORDER BY chain_blocks.block_number DESC LIMIT 1`,
    [ledgerId],
  );
  return rows.map(toBlock)[0];
}

export async function readBlocksAfter(
  db: Knex,
  ledgerId: number,
  after: bigint,
  limit: number,
): Promise<Block[]> {
  const rows = await selectRows<BlockRow>(
    db,
    `${SELECT_BLOCKS} AND block_number > ? ORDER BY chain_blocks.block_number LIMIT ?`,
    [ledgerId, after.toString(), limit],
  );
  return rows.map(toBlock);
}

/** Fails with MySQL's duplicate-key error when another sealer was quicker. */
export async function insertBlock(trx: Knex, ledgerId: number, block: Block): Promise<void> {
  await insertRows(
    trx,
    'chain_blocks',
    [
      'ledger_id',
      'block_number',
      'after_entry_id',
      'last_entry_id',
      'members',
      'late_entries',
      'previous_digest',
      'digest',
      'sealed_at',
    ],
    [
      [
        ledgerId,
        block.number.toString(),
        block.afterEntryId,
        block.lastEntryId,
        block.members,
        Buffer.concat(block.lateEntries),
        block.previousDigest,
        block.digest,
        toSqlInstant(block.sealedAt),
      ],
    ],
  );
}

/**
 * Ids after one and below another, in order; by the primary key, because the unique key on the ledger holds the ids as well, and
 * MySQL would now and then rather read all of it. `settled` waits for entries that are written and not committed yet, so that none of
 * them turns up later.
 */
export async function readIds(
  db: Knex,
  ledgerId: number,
  { after, upTo, limit, settled = false }: { after: Buffer; upTo: Buffer; limit: number; settled?: boolean },
): Promise<Buffer[]> {
  const rows = await selectRows<{ entry_id: Buffer }>(
    db,
    `SELECT entry_id FROM journal_entries FORCE INDEX (PRIMARY)
      WHERE ledger_id = ? AND entry_id > ? AND entry_id <= ? ORDER BY entry_id LIMIT ?${settled ? ' FOR SHARE' : ''}`,
    [ledgerId, after, upTo, limit],
  );
  return rows.map(({ entry_id }) => entry_id);
}

function toBlock(row: BlockRow): Block {
  const late: Buffer[] = [];
  for (let from = 0; from < row.late_entries.length; from += 16)
    late.push(row.late_entries.subarray(from, from + 16));
  return {
    number: BigInt(row.block_number),
    afterEntryId: row.after_entry_id,
    lastEntryId: row.last_entry_id,
    members: row.members,
    lateEntries: late,
    previousDigest: row.previous_digest,
    digest: row.digest,
    sealedAt: fromSqlInstant(row.sealed_at),
  };
}
