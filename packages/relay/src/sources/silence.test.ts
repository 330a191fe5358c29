import { describe, expect, it } from '@jest/globals';
import { isSilent, patienceMs } from './silence.ts';

const now = new Date('2026-11-23T09:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('isSilent', () => {
  it.each([
    ['nothing waits', { events: 0, oldestAt: null, appliedAt: ago(999) }, false],
    ['events wait, and nobody applies', { events: 3, oldestAt: ago(60), appliedAt: ago(40) }, true],
    ['events wait, and nobody ever applied', { events: 3, oldestAt: ago(60), appliedAt: null }, true],
    ['somebody applies, if slowly', { events: 3, oldestAt: ago(60), appliedAt: ago(5) }, false],
    ['what waits has just come', { events: 3, oldestAt: ago(5), appliedAt: ago(999) }, false],
  ])('%s', (_when, lag, expected) => {
    expect(isSilent(lag, now, 30_000)).toBe(expected);
  });
});

describe('patienceMs', () => {
  it('doubles with each replacement that changed nothing, up to ten minutes', () => {
    expect([0, 1, 2, 10].map((count) => patienceMs(30_000, count))).toEqual([
      30_000, 60_000, 120_000, 600_000,
    ]);
    expect(patienceMs(900_000, 3)).toBe(900_000);
  });
});
