import { describe, expect, it } from '@jest/globals';
import { type Delivered, fairShares, takeRound } from './take-round.ts';

function batch(partition: number, offsets: readonly bigint[], leader?: Delivered['leader']): Delivered {
  const events = offsets.map((offset) => ({
    seq: offset,
    eventId: `${partition}-${offset}`,
    aggregateType: 'payment',
    aggregateId: 'a',
    eventType: 'PaymentConfirmed',
    eventVersion: 1,
    payload: '{}',
    headers: {},
    offset,
  }));
  const nextOffset = (offsets.at(-1) ?? 9n) + 1n;
  const place = { topic: 't', partition, events, fromOffset: 5n, nextOffset };
  return leader === undefined ? place : { ...place, leader };
}
const offsetsOf = (taken: Delivered | undefined) => taken?.events.map(({ offset }) => Number(offset));

describe('fairShares', () => {
  it.each([
    ['all is wanted and there is enough', [3, 4], 10, [3, 4]],
    ['one wants more than is left', [10, 1], 6, [5, 1]],
    ['all want more', [10, 10, 10], 6, [2, 2, 2]],
    ['there is less than one for each', [5, 5, 5], 1, [1, 0, 0]],
    ['nothing is wanted', [0, 5], 3, [0, 3]],
    ['nobody waits', [], 3, []],
  ])('%s', (_when, wanted, limit, expected) => {
    expect(fairShares(wanted, limit)).toEqual(expected);
  });
});

describe('takeRound', () => {
  it('cuts a batch so that its parts follow each other, over records that were passed by', () => {
    const [part] = takeRound([batch(0, [5n, 7n, 8n])], 2);
    expect(offsetsOf(part?.now)).toEqual([5, 7]);
    expect(part?.now).toMatchObject({ fromOffset: 5n, nextOffset: 8n });
    expect(offsetsOf(part?.rest)).toEqual([8]);
    expect(part?.rest).toMatchObject({ fromOffset: 8n, nextOffset: 9n });
  });

  it('moves the offset, and closes gaps, with the last part of a leader’s batch only', () => {
    const leader = { epoch: 3n, gapsNoticed: [6n], gapsClosed: [2n] };
    const [part] = takeRound([batch(0, [2n, 5n, 7n], leader)], 2);
    expect(part?.now).toMatchObject({
      fromOffset: 5n,
      nextOffset: 5n,
      leader: { epoch: 3n, gapsNoticed: [], gapsClosed: [] },
    });
    expect(part?.rest).toMatchObject({ fromOffset: 5n, nextOffset: 8n, leader });
    expect(offsetsOf(part?.rest)).toEqual([7]);
  });

  it('takes a batch without events as it is, since it moves the offset', () => {
    const empty = batch(1, []);
    expect(takeRound([batch(0, [5n, 6n]), empty], 1)).toMatchObject([
      { now: { partition: 0 }, rest: { partition: 0 } },
      { now: empty, rest: undefined },
    ]);
  });

  it('leaves a batch for the next round where the limit is used up', () => {
    const parts = takeRound([batch(0, [5n]), batch(1, [5n, 6n])], 1);
    expect(parts.map(({ now }) => offsetsOf(now))).toEqual([[5], undefined]);
  });
});
