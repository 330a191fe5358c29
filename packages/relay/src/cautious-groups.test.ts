import { describe, expect, it } from '@jest/globals';
import { cautiousGroups } from './cautious-groups.ts';

const events = Array.from({ length: 60 }, (_, index) => ({
  seq: BigInt(index),
  eventId: `event-${index}`,
  aggregateType: 'payment',
  aggregateId: 'a',
  eventType: 'PaymentConfirmed',
  eventVersion: 1,
  payload: '{}',
  headers: {},
  offset: BigInt(index),
}));
const sizes = (crashes: ReadonlyMap<string, number>) =>
  cautiousGroups(events, crashes).map((group) => [group.events.length, group.crashes]);

describe('cautiousGroups', () => {
  it('takes some at a time where none was in hand at a death', () => {
    expect(sizes(new Map())).toEqual([
      [25, 0],
      [25, 0],
      [10, 0],
    ]);
  });

  it('takes each alone that was, and keeps the order', () => {
    const crashes = new Map([
      ['event-10', 2],
      ['event-11', 1],
    ]);
    expect(sizes(crashes)).toEqual([
      [10, 0],
      [1, 2],
      [1, 1],
      [25, 0],
      [23, 0],
    ]);
    expect(cautiousGroups(events, crashes).flatMap((group) => group.events)).toEqual(events);
  });
});
