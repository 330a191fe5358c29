import { describe, expect, it } from '@jest/globals';
import { statusLines } from './status.ts';

const STATUS = {
  source: 'kafka',
  lagEvents: 12,
  lagSeconds: 3.4,
  oldestUnsettledSeconds: 61.2,
  deadLetters: 1,
  connector: { state: 'RUNNING', tasks: ['FAILED'] },
  binlogLoss: null,
} as const;

describe('statusLines', () => {
  it('sets the values under each other', () => {
    expect(statusLines(STATUS)).toEqual([
      'source            kafka',
      'lag               12 events, 3.4 s',
      'oldest unsettled  61.2 s',
      'dead letters      1',
      'connector         RUNNING, tasks FAILED',
    ]);
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
