import { createHash } from 'node:crypto';

/** An entry with its lines as they are stored: everything that must never change. Instants, days and numbers are MySQL's text. */
export interface SealedEntry {
  readonly entryId: Buffer;
  /** The columns of the entry, in an order of their own, then those of each line, in the order of the lines. */
  readonly columns: readonly (string | null)[];
  readonly lines: readonly (readonly string[])[];
}

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
export function digestOfEntry({ entryId, columns, lines }: SealedEntry): Buffer {
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
  for (const entry of entries) {
    const from = found.length * MEMBER_BYTES;
    const isMember = members
      .subarray(from, from + MEMBER_BYTES)
      .equals(entry.entryId.subarray(-MEMBER_BYTES));
    (isMember ? found : late).push(entry);
  }
  return { members: found, late };
}

/** The members that follow the first `count`. */
export function membersAfter(members: Buffer, count: number): Buffer {
  return members.subarray(count * MEMBER_BYTES);
}

export function memberCount(members: Buffer): number {
  return members.length / MEMBER_BYTES;
}
