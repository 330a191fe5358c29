import { describe, expect, it } from '@jest/globals';
import { toSqlInstant } from '../database/instants.ts';
import { firstEntryIdAt } from './entry-id.ts';
import { cutSpans, isOrderly, rankSpans, type SpanLine, type SpanOrder } from './spans.ts';

const START = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** Lines by when each was booked and when it was effective, in ms from the start. */
function linesOf(times: readonly (readonly [number, number])[]): SpanLine[] {
  return times.map(([booked, effective], index) => ({
    sequence: BigInt(index + 1),
    amount: BigInt(10 + index),
    effectiveAt: toSqlInstant(new Date(START + effective)),
    entryId: firstEntryIdAt(new Date(START + booked)),
  }));
}
/** Where each span ends. */
const ends = (times: readonly (readonly [number, number])[]) =>
  cutSpans(linesOf(times)).map(({ lastSequence }) => Number(lastSequence));
/** One line a second, each effective two seconds before it is booked. */
const steady = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, index) => [(from + index) * SECOND, (from + index - 2) * SECOND] as const,
  );

describe('cutting lines into spans', () => {
  it('leaves lines together that lie in the order of their times, nearly', () => {
    expect(ends(steady(100))).toEqual([100]);
    const disorderly = steady(100).map(
      ([booked, effective], index) =>
        [booked - (index % 3) * SECOND, effective - (index % 7) * 5 * SECOND] as const,
    );
    expect(ends(disorderly)).toEqual([100]);
  });

  it('leaves lines together between which time passes', () => {
    expect(ends(Array.from({ length: 50 }, (_, day) => [day * DAY, day * DAY - HOUR] as const))).toEqual([
      50,
    ]);
  });

  it('puts a line apart that is dated back or ahead', () => {
    for (const off of [-20 * DAY, -2 * HOUR, 3 * DAY, 2 * HOUR]) {
      const line = [10 * SECOND, 10 * SECOND + off] as const;
      expect(ends([...steady(10), line, ...steady(10, 11)])).toEqual([10, 11, 21]);
    }
  });

  it('puts several lines apart that are dated back together', () => {
    const back = [1, 2, 3].map((index) => [(9 + index) * SECOND, index * SECOND - 20 * DAY] as const);
    expect(ends([...steady(10), ...back, ...steady(10, 13)])).toEqual([10, 13, 23]);
  });

  it('puts the first line apart when it is the one that is out of order', () => {
    for (const off of [-20 * DAY, 3 * DAY]) expect(ends([[0, off], ...steady(10, 1)])).toEqual([1, 11]);
  });

  it('leaves old books together that are entered in a row', () => {
    const old = Array.from(
      { length: 500 },
      (_, index) => [index * 5, index * 8 * HOUR - 3_000 * DAY] as const,
    );
    expect(ends(old)).toEqual([1, 500]);
  });

  it('leaves what was late together when it is caught up with', () => {
    const late = Array.from({ length: 200 }, (_, index) => [index * 10, index * SECOND - 5 * HOUR] as const);
    expect(ends([...late, ...steady(100, 10)])).toEqual([200, 300]);
  });

  it('does not cut up what has no order at all', () => {
    const random = Array.from(
      { length: 200 },
      (_, index) => [index, -((index * 7_919) % 200) * DAY] as const,
    );
    expect(ends(random)).toEqual([200]);
  });

  it('sums each span, and gives the least and greatest of its times', () => {
    const lines = linesOf([
      [5 * SECOND, 0],
      [3 * SECOND, 2 * SECOND],
      [4 * SECOND, 1 * SECOND],
      [6 * SECOND, -DAY],
    ]);
    const [span, last] = cutSpans(lines);
    expect(span).toEqual({
      firstSequence: 1n,
      lastSequence: 3n,
      amount: 33n,
      firstEffectiveAt: lines[0]?.effectiveAt,
      lastEffectiveAt: lines[1]?.effectiveAt,
      firstEntryId: lines[1]?.entryId,
      lastEntryId: lines[0]?.entryId,
    });
    expect(last).toMatchObject({ firstSequence: 4n, lastSequence: 4n, amount: 13n });
    expect(cutSpans([])).toEqual([]);
  });

  it('is asked for only where a line is far out of order', () => {
    const whole = (times: readonly (readonly [number, number])[]) => cutSpans(linesOf(times)).map(isOrderly);
    expect(whole(steady(100))).toEqual([true]);
    const back = cutSpans(linesOf([...steady(10), [10 * SECOND, -DAY]]));
    expect(back.map(isOrderly)).toEqual([true, true]);
    const [first, second] = back;
    if (first === undefined || second === undefined) throw new Error('There are two spans.');
    expect(isOrderly({ ...first, firstEffectiveAt: second.firstEffectiveAt })).toBe(false);
  });
});

describe('ranking spans', () => {
  const ranks = (times: readonly (readonly [number, number])[], previous?: SpanOrder) =>
    rankSpans(cutSpans(linesOf(times)), previous).map(({ order }) => order !== null);

  it('tells those that go on in both times from those that are dated back or ahead', () => {
    expect(ranks(steady(10))).toEqual([true]);
    const back = [10 * SECOND, -20 * DAY] as const;
    const ahead = [10 * SECOND, 3 * DAY] as const;
    for (const line of [back, ahead])
      expect(ranks([...steady(10), line, ...steady(10, 11)])).toEqual([true, false, true]);
    expect(ranks([ahead, ...steady(10, 11)])).toEqual([false, true]);
  });

  it('lets lines be out of order by a minute, as those who search the spans rely on', () => {
    const previous = rankSpans(cutSpans(linesOf(steady(1))), undefined)[0]?.order ?? undefined;
    for (const axis of [0, 1]) {
      const backBy = (ms: number) => {
        const times: [number, number] = [0, -2 * SECOND];
        times[axis] = (times[axis] ?? 0) - ms;
        return ranks([times], previous);
      };
      expect(backBy(60 * SECOND)).toEqual([true]);
      expect(backBy(60 * SECOND + 1)).toEqual([false]);
    }
  });

  it('takes what was booked earlier for out of order as well', () => {
    const early = steady(10).map(([booked]) => [booked - DAY, booked] as const);
    const [first] = rankSpans(cutSpans(linesOf(steady(10, 600))), undefined);
    expect(first?.order).not.toBeNull();
    const ahead = steady(10, 1_300).map(
      ([booked, effective]) => [booked - 20 * 60 * SECOND, effective] as const,
    );
    expect(ranks(ahead, first?.order ?? undefined)).toEqual([false]);
    expect(ranks(early, first?.order ?? undefined)).toEqual([false]);
  });

  it('goes on from the order before, and gives the highest times and the sum of what is in order', () => {
    const lines = linesOf([...steady(2), [3 * SECOND, -DAY], ...steady(2, 4)]);
    const previous = {
      highestEffectiveAt: toSqlInstant(new Date(START + 2_500)),
      highestEntryId: firstEntryIdAt(new Date(START + 4_500)),
      total: 1_000n,
    };
    const [one, two, three] = rankSpans(cutSpans(lines), previous);
    expect(one?.order).toEqual({ ...previous, total: 1_021n });
    expect(two?.order).toBeNull();
    expect(three?.order).toEqual({
      highestEffectiveAt: lines[4]?.effectiveAt,
      highestEntryId: lines[4]?.entryId,
      total: 1_021n + 27n,
    });
  });
});
