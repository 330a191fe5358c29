import type { Knex } from 'knex';
import { isMysqlError } from '../database/mysql-errors.ts';
import { inTransaction } from '../database/transaction.ts';
import type { PostingContext } from '../journal/posting.ts';
import { readStored, type StoredEntry } from '../journal/stored-entries-table.ts';
import {
  type Block,
  digestOfBlock,
  digestOfEntry,
  GENESIS,
  membersAfter,
  membersOf,
  splitMembers,
} from './block.ts';
import { insertBlock, readBlocksAfter, readHead, readIds } from './chain-table.ts';

/** A block's bound: what sealing holds in memory, and what verify reads at a time. */
export const MOST_MEMBERS = 1_000;
/** Younger entries wait: their neighbours may not have been written yet. */
const DEFAULT_OLDER_THAN_MS = 2_000;
/** How long after its seal a block is looked at again for entries that came late. */
const RECHECK_AFTER_MS = 60_000;
const RECHECK_BLOCKS = 100;

/** What one call of `seal` did. */
export interface SealResult {
  /** Blocks that this call sealed. */
  readonly blocks: number;
  /** Entries in them, those that came late included. */
  readonly entries: number;
}

export interface Sealer {
  /** Seals what is older than `olderThanMs`, and what came late. Safe to call from several processes at once. */
  seal(options?: { olderThanMs?: number }): Promise<SealResult>;
}

/** The chain's writer. Posting never waits for it: blocks are sealed shortly after their entries have committed. */
export function createSealer(knex: Knex, context: PostingContext): Sealer {
  const { ledgerId, clock } = context;
  // Blocks up to here have been looked at again. A sealer that starts looks at all of them once.
  let rechecked = 0n;

  async function sealNext(horizon: Buffer): Promise<number> {
    return inTransaction(knex, async (trx) => {
      const head = (await readHead(trx, ledgerId)) ?? GENESIS;
      const late = await findLate(trx, head.number);
      const range = { after: head.lastEntryId, upTo: horizon, limit: MOST_MEMBERS };
      const ids = await readIds(trx, ledgerId, { ...range, settled: true });
      if (ids.length === 0 && late.ids.length === 0) {
        rechecked = late.upTo;
        return 0;
      }
      const entries = await readStored(trx, ledgerId, ids);
      const lateEntries = await readStored(trx, ledgerId, late.ids);
      await insertBlock(trx, ledgerId, newBlock(head, entries, lateEntries, clock()));
      rechecked = late.upTo;
      return entries.length + lateEntries.length;
    });
  }

  /** Entries below the head that were not visible when their block was sealed, and that no later block holds either. */
  async function findLate(trx: Knex, headNumber: bigint): Promise<{ ids: Buffer[]; upTo: bigint }> {
    const due = clock().getTime() - RECHECK_AFTER_MS;
    const blocks = (await readBlocksAfter(trx, ledgerId, rechecked, RECHECK_BLOCKS)).filter(
      ({ sealedAt }) => sealedAt.getTime() <= due,
    );
    const last = blocks.at(-1);
    if (last === undefined) return { ids: [], upTo: rechecked };
    const strangers = (await Promise.all(blocks.map((block) => strangersIn(trx, ledgerId, block)))).flat();
    if (strangers.length === 0) return { ids: [], upTo: last.number };
    const sealedLate = await readSealedLate(trx, ledgerId, blocks[0]?.number ?? 0n, headNumber);
    return { ids: strangers.filter((id) => !sealedLate.has(id.toString('hex'))), upTo: last.number };
  }

  return {
    async seal({ olderThanMs = DEFAULT_OLDER_THAN_MS } = {}) {
      const horizon = lastIdBefore(new Date(clock().getTime() - olderThanMs));
      const result = { blocks: 0, entries: 0 };
      for (;;) {
        const sealed = await sealNext(horizon).catch((error: unknown) => {
          // Another sealer was quicker; what is left to seal is seen in the next call.
          if (isMysqlError(error, 'duplicateKey')) return 0;
          throw error;
        });
        if (sealed === 0) return result;
        result.blocks += 1;
        result.entries += sealed;
      }
    },
  };
}

function newBlock(
  head: Pick<Block, 'number' | 'digest' | 'lastEntryId'>,
  entries: readonly StoredEntry[],
  lateEntries: readonly StoredEntry[],
  sealedAt: Date,
): Block {
  const block = {
    number: head.number + 1n,
    afterEntryId: head.lastEntryId,
    lastEntryId: entries.at(-1)?.entryId ?? head.lastEntryId,
    members: membersOf(entries),
    lateEntries: lateEntries.map(({ entryId }) => entryId),
    previousDigest: head.digest,
    sealedAt,
  };
  const digests = [...entries, ...lateEntries].map(digestOfEntry);
  return { ...block, digest: digestOfBlock(block, digests) };
}

/** The ids in a block's range that are none of its members. */
export async function strangersIn(db: Knex, ledgerId: number, block: Block): Promise<Buffer[]> {
  const strangers: Buffer[] = [];
  let after = block.afterEntryId;
  let members = block.members;
  for (;;) {
    const ids = await readIds(db, ledgerId, { after, upTo: block.lastEntryId, limit: MOST_MEMBERS });
    const last = ids.at(-1);
    if (last === undefined) return strangers;
    const split = splitMembers(
      ids.map((entryId) => ({ entryId })),
      members,
    );
    strangers.push(...split.late.map(({ entryId }) => entryId));
    members = membersAfter(members, split.members.length);
    after = last;
  }
}

/** The ids that blocks of this range list as late. */
export async function readSealedLate(
  db: Knex,
  ledgerId: number,
  from: bigint,
  upTo: bigint,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let after = from; after < upTo; ) {
    const blocks = await readBlocksAfter(db, ledgerId, after, RECHECK_BLOCKS);
    const last = blocks.at(-1);
    if (last === undefined) break;
    for (const { lateEntries } of blocks) for (const id of lateEntries) found.add(id.toString('hex'));
    after = last.number;
  }
  return found;
}

/** Below every id that is made at this instant or later. */
function lastIdBefore(instant: Date): Buffer {
  const bytes = Buffer.alloc(16, 0xff);
  bytes.writeUIntBE(Math.max(0, instant.getTime() - 1), 0, 6);
  return bytes;
}
