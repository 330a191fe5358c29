import { createHash } from 'node:crypto';
import type { StoredEntry } from '../journal/stored-entries-table.ts';

export interface Block {
  readonly number: bigint;
  /** The last id of the block before: the block holds what comes after it, up to `lastEntryId`. */
  readonly afterEntryId: Buffer;
  readonly lastEntryId: Buffer;
  /** The last four bytes of each member's id, in order. */
  readonly members: Buffer;
  /** The ids of entries below the range that had not been visible when their own block was sealed. */
  readonly lateEntries: readonly Buffer[];
  readonly previousDigest: Buffer;
  readonly digest: Buffer;
  readonly sealedAt: Date;
}

/** What stands before the first block. */
export const GENESIS = { digest: Buffer.alloc(32), lastEntryId: Buffer.alloc(16), number: 0n } as const;

const MEMBER_BYTES = 4;

/** JSON keeps columns apart: no two entries have one text. */
export function digestOfEntry({
  entryId,
  columns,
  lines,
}: Pick<StoredEntry, 'entryId' | 'columns' | 'lines'>): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([entryId.toString('hex'), columns, lines]))
    .digest();
}

/** @param digests of the members in order, then of the late entries in order */
export function digestOfBlock(block: Omit<Block, 'digest'>, digests: readonly Buffer[]): Buffer {
  const { number, afterEntryId, lastEntryId, members, lateEntries, previousDigest, sealedAt } = block;
  const hash = createHash('sha256');
  hash.update(`${number} ${members.length} ${lateEntries.length} ${sealedAt.toISOString()}\n`);
  for (const part of [previousDigest, afterEntryId, lastEntryId, members, ...lateEntries, ...digests])
    hash.update(part);
  return hash.digest();
}

export function membersOf(entries: readonly { readonly entryId: Buffer }[]): Buffer {
  return Buffer.concat(entries.map(({ entryId }) => entryId.subarray(-MEMBER_BYTES)));
}

/** Tells the members of a block from those that came late, among the entries of its range in the order of their ids. */
export function splitMembers<Entry extends { readonly entryId: Buffer }>(
  entries: readonly Entry[],
  members: Buffer,
): { members: Entry[]; late: Entry[] } {
  const found: Entry[] = [];
  const late: Entry[] = [];
  for (const entry of entries) (isMember(members, found.length, entry.entryId) ? found : late).push(entry);
  return { members: found, late };
}

/** Whether an entry is the one of the members that follows the first `count`. */
export function isMember(members: Buffer, count: number, entryId: Buffer): boolean {
  const from = count * MEMBER_BYTES;
  return members.subarray(from, from + MEMBER_BYTES).equals(entryId.subarray(-MEMBER_BYTES));
}

/** The members that follow the first `count`. */
export function membersAfter(members: Buffer, count: number): Buffer {
  return members.subarray(count * MEMBER_BYTES);
}

export function memberCount(members: Buffer): number {
  return members.length / MEMBER_BYTES;
}
