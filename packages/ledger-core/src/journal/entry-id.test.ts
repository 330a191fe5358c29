import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../test/refusal.ts';
import { fromEntryId, fromHoldId, newEntryId, toEntryId, toHoldId } from './entry-id.ts';

describe('an id', () => {
  it('comes back as the bytes it was made of', () => {
    const bytes = newEntryId(new Date('2026-01-01T00:00:00Z'));
    expect(toEntryId(bytes)).toMatch(/^ent_[0-9a-f]{32}$/);
    expect(fromEntryId(toEntryId(bytes))).toEqual(bytes);
    expect(fromHoldId(toHoldId(bytes))).toEqual(bytes);
  });

  it('begins with the millisecond of booking', () => {
    const bookedAt = new Date('2026-01-01T00:00:00.123Z');
    expect(newEntryId(bookedAt).readUIntBE(0, 6)).toBe(bookedAt.getTime());
  });

  it('is above those before it of the same millisecond, and differs by chance from those of other processes', () => {
    const bookedAt = new Date('2026-01-01T00:00:00.123Z');
    const ids = Array.from({ length: 3_000 }, () => newEntryId(bookedAt).toString('hex'));
    expect(ids).toEqual([...ids].sort());
    // Sixty-two bits differ by chance; these are the last forty of them.
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(ids.length);
  });

  it.each([
    '',
    'ent_',
    'hld_00',
    `ent_${'0'.repeat(31)}`,
    `ent_${'0'.repeat(33)}`,
    `ent_${'G'.repeat(32)}`,
    `ent_${'0'.repeat(32)}\n`,
    null,
    7,
  ])('is refused when it is %p', (id) => {
    expect(refusal(() => fromEntryId(id as string)).code).toBe('entry_malformed');
    expect(refusal(() => fromHoldId(id as string)).code).toBe('entry_malformed');
  });

  it('of one kind is not taken for the other', () => {
    expect(refusal(() => fromHoldId(`ent_${'0'.repeat(32)}`)).code).toBe('entry_malformed');
  });
});
