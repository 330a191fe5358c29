import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../test/entries.ts';
import { isLedgerError } from '../errors.ts';
import { type BookedEntry, bookGroups, wellFormed } from './booking.ts';
import type { LinkedEntry } from './entry.ts';

const NEW_YEAR_IN_SEOUL = new Date('2025-12-31T15:00:00Z');

function bookOne(changes: Parameters<typeof entryOf>[0], timeZone = 'Asia/Seoul'): BookedEntry {
  const [entry] = wellFormed(bookGroups([{ entries: [entryOf(changes)] }], NEW_YEAR_IN_SEOUL, timeZone));
  if (entry === undefined) throw new Error('The entry is malformed.');
  return entry;
}

describe('bookGroups', () => {
  it('takes what has no time of its own as effective when it is booked', () => {
    expect(bookOne({})).toMatchObject({
      effectiveAt: NEW_YEAR_IN_SEOUL,
      bookedAt: NEW_YEAR_IN_SEOUL,
      effectiveDay: '2026-01-01',
      bookedDay: '2026-01-01',
    });
  });

  it("reckons both days in the ledger's time zone", () => {
    const effectiveAt = new Date('2025-12-31T14:59:59.999Z');
    expect(bookOne({ effectiveAt })).toMatchObject({
      effectiveAt,
      effectiveDay: '2025-12-31',
      bookedDay: '2026-01-01',
    });
    expect(bookOne({ effectiveAt }, 'UTC')).toMatchObject({
      effectiveDay: '2025-12-31',
      bookedDay: '2025-12-31',
    });
  });

  it.each([
    ['1000-01-02T00:00:00Z', 'Pacific/Niue'],
    ['9999-12-30T00:00:00Z', 'Pacific/Kiritimati'],
  ])('gives a day that can be stored at the edge of time, %s', (instant, timeZone) => {
    const { effectiveDay } = bookOne({ effectiveAt: new Date(instant) }, timeZone);
    expect(effectiveDay).toMatch(/^(1000|9999)-\d\d-\d\d$/);
  });

  it('gives ids that sort as they were booked', () => {
    const entries = Array.from({ length: 1_000 }, () => entryOf());
    const ids = wellFormed(bookGroups([{ entries }], NEW_YEAR_IN_SEOUL, 'UTC')).map(({ entryId }) => entryId);
    const [later] = wellFormed(
      bookGroups([{ entries: [entryOf()] }], new Date(NEW_YEAR_IN_SEOUL.getTime() + 1), 'UTC'),
    );
    expect(ids.every(({ length }) => length === 16)).toBe(true);
    expect(new Set(ids.map((id) => id.toString('hex'))).size).toBe(1_000);
    expect(ids.every((id) => later !== undefined && Buffer.compare(id, later.entryId) < 0)).toBe(true);
  });

  it('keeps a malformed entry in its place, as its error', () => {
    const bad = [
      null,
      entryOf({ idempotencyKey: '' }),
      entryOf({ lines: [null] }),
      entryOf({ metadata: { a: 1n } }),
    ];
    const groups = bookGroups(
      [{ entries: [entryOf(), ...(bad as LinkedEntry[])], orderKey: 'p' }, { entries: [entryOf()] }],
      NEW_YEAR_IN_SEOUL,
      'UTC',
    );
    expect(groups.map(({ entries, orderKey }) => [entries.map(isLedgerError), orderKey])).toEqual([
      [[false, true, true, true, true], 'p'],
      [[false], undefined],
    ]);
    expect(wellFormed(groups)).toHaveLength(2);
  });

  it('does not take a mistake of ours for a malformed entry', () => {
    const entry = entryOf({
      metadata: {
        toJSON: () => {
          throw new Error('broken');
        },
      },
    });
    expect(() => bookGroups([{ entries: [entry] }], NEW_YEAR_IN_SEOUL, 'UTC')).toThrow('broken');
  });
});
