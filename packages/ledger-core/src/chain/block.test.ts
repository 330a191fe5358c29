import { describe, expect, it } from '@jest/globals';
import { digestOfBlock, digestOfEntry, GENESIS, membersAfter, membersOf, splitMembers } from './block.ts';

const id = (number: number) => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(number, 12);
  return bytes;
};
const entries = (...numbers: number[]) => numbers.map((number) => ({ entryId: id(number) }));
const ids = (found: readonly { entryId: Buffer }[]) => found.map(({ entryId }) => entryId.readUInt32BE(12));

describe('digestOfEntry', () => {
  const entry = { entryId: id(1), columns: ['a', null, 'b'], lines: '1:5:1:100:100' };

  it('is the same for the same entry, and another for every other', () => {
    expect(digestOfEntry({ ...entry })).toEqual(digestOfEntry(entry));
    for (const other of [
      { ...entry, entryId: id(2) },
      { ...entry, columns: ['a', 'b', null] },
      { ...entry, columns: ['a', '', 'b'] },
      { ...entry, columns: ['ab', null, ''] },
      { ...entry, lines: '' },
      { ...entry, lines: '1:5:1:10:0100' },
    ])
      expect(digestOfEntry(other)).not.toEqual(digestOfEntry(entry));
  });
});

describe('splitMembers', () => {
  it('tells members from what came late, wherever it stands', () => {
    const members = membersOf(entries(2, 4, 6));
    const { members: found, late } = splitMembers(entries(1, 2, 3, 4, 6, 7), members);
    expect([ids(found), ids(late)]).toEqual([
      [2, 4, 6],
      [1, 3, 7],
    ]);
  });

  it('leaves members that are missing to be counted', () => {
    expect(ids(splitMembers(entries(2, 6), membersOf(entries(2, 4, 6))).members)).toEqual([2]);
  });

  it('goes on in the next page where the last one ended', () => {
    const members = membersOf(entries(2, 4, 6));
    expect(ids(splitMembers(entries(4, 5, 6), membersAfter(members, 1)).late)).toEqual([5]);
  });
});

describe('digestOfBlock', () => {
  const block = {
    number: 1n,
    afterEntryId: GENESIS.lastEntryId,
    lastEntryId: id(2),
    members: membersOf(entries(1, 2)),
    lateEntries: [] as Buffer[],
    previousDigest: GENESIS.digest,
    sealedAt: new Date('2026-05-04T00:00:00Z'),
  };
  const digests = [digestOfEntry({ entryId: id(1), columns: [], lines: '' })];

  it('changes with every part of the block', () => {
    const whole = digestOfBlock(block, digests);
    for (const other of [
      { ...block, number: 2n },
      { ...block, afterEntryId: id(9) },
      { ...block, lastEntryId: id(9) },
      { ...block, members: membersOf(entries(2, 1)) },
      { ...block, lateEntries: [id(1)] },
      { ...block, previousDigest: Buffer.alloc(32, 1) },
      { ...block, sealedAt: new Date('2026-05-04T00:00:01Z') },
    ])
      expect(digestOfBlock(other, digests)).not.toEqual(whole);
    expect(digestOfBlock(block, [])).not.toEqual(whole);
  });
});
