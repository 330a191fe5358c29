import { describe, expect, it } from '@jest/globals';
import { statusLines } from './status.ts';

const STATUS = {
  source: 'kafka',
  lagEvents: 12,
  lagSeconds: 3.4,
  oldestUnsettledSeconds: 61.2,
  deadLetters: 1,
  batchEvents: 40,
  duplicatesDropped: 3,
  relays: [
    {
      relay: 'shop-1:4711',
      alive: true,
      topic: 'jangbu.payment',
      partitions: [0, 2],
      since: '2026-11-26T07:00:00.000Z',
    },
    {
      relay: 'shop-2:4712',
      alive: false,
      topic: 'jangbu.payment',
      partitions: [1],
      since: '2026-11-26T06:00:00.000Z',
    },
  ],
  connector: { state: 'RUNNING', tasks: ['FAILED'] },
  binlogLoss: null,
} as const;

describe('statusLines', () => {
  it('sets the values under each other', () => {
    expect(statusLines(STATUS)).toEqual([
      'source            kafka',
      'relay             shop-1:4711, jangbu.payment 0, 2 since 2026-11-26T07:00:00.000Z',
      'relay             shop-2:4712, which is silent, jangbu.payment 1 since 2026-11-26T06:00:00.000Z',
      'lag               12 events, 3.4 s',
      'oldest unsettled  61.2 s',
      'last batch        40 events',
      'duplicates        3 dropped',
      'dead letters      1',
      'connector         RUNNING, tasks FAILED',
    ]);
  });

  it('names the leader of the embedded source, and says where nobody reads', () => {
    const [first] = STATUS.relays;
    const leader = { ...first, topic: 'outbox', partitions: [0, 1, 2, 3] };
    expect(statusLines({ ...STATUS, source: 'embedded', relays: [leader] })[1]).toBe(
      'leader            shop-1:4711, since 2026-11-26T07:00:00.000Z',
    );
    expect(statusLines({ ...STATUS, relays: [] })[1]).toBe('relay             none');
  });

  it('tells that binlogs were purged, and whether that is healed', () => {
    const purgedAt = '2026-11-26T07:00:00.000Z';
    const last = (healedAt: string | null) =>
      statusLines({ ...STATUS, binlogLoss: { purgedAt, healedAt } }).at(-1);
    expect(last(null)).toMatch(/^binlog {12}purged at 2026-11-26T07:00:00.000Z .*not read anew yet$/);
    expect(last('2026-11-26T07:01:00.000Z')).toMatch(/healed at 2026-11-26T07:01:00.000Z$/);
  });

  it('has no connector where there is no Connect, and names one without tasks', () => {
    expect(statusLines({ ...STATUS, source: null, connector: null })).toEqual(
      expect.arrayContaining(['source            none has read yet', 'connector         -']),
    );
    expect(statusLines({ ...STATUS, connector: { state: 'UNREACHABLE', tasks: [] } }).at(-1)).toBe(
      'connector         UNREACHABLE, tasks none',
    );
  });
});
