import { describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.ts';

const now = new Date('2026-11-23T00:01:00Z');
const lag = {
  events: 7,
  oldestAt: new Date('2026-11-23T00:00:30Z'),
  deadLetters: 2,
  oldestUnsettledAt: new Date('2026-11-23T00:00:00Z'),
  topic: 'outbox',
  appliedAt: null,
  batchEvents: 40,
  duplicatesDropped: 3,
  holdings: [
    { relay: 'shop-1:4711', isAlive: true, topic: 'outbox', partitions: [0, 1], since: now },
    { relay: 'shop-2:4712', isAlive: false, topic: 'outbox', partitions: [2], since: now },
  ],
  binlogLoss: null,
};
const metricsOf = (isReading: boolean) =>
  createMetrics({
    source: { name: 'embedded', isReading: () => isReading },
    lag: async () => lag,
    clock: () => now,
  });

describe('metrics', () => {
  it('tell lag, dead letters and whether the source is read, as they are when somebody scrapes', async () => {
    const text = await metricsOf(true).text();
    expect(text).toContain('jangbu_relay_lag_events 7');
    expect(text).toContain('jangbu_relay_lag_seconds 30');
    expect(text).toContain('jangbu_relay_oldest_unsettled_seconds 60');
    expect(text).toContain('jangbu_relay_dead_letters 2');
    expect(text).toContain('jangbu_relay_source_reading{source="embedded"} 1');
    expect(await metricsOf(false).text()).toContain('jangbu_relay_source_reading{source="embedded"} 0');
  });

  it('tell what all relays together have done, and who has which partition', async () => {
    const text = await metricsOf(true).text();
    expect(text).toContain('jangbu_relay_last_batch_events 40');
    expect(text).toContain('jangbu_relay_duplicates_dropped 3');
    expect(text).toContain('jangbu_relay_partition_held{relay="shop-1:4711",topic="outbox",partition="1"} 1');
    expect(text).toContain('jangbu_relay_partition_held{relay="shop-2:4712",topic="outbox",partition="2"} 0');
  });

  it('count what was applied, dropped and parked, and how long it took', async () => {
    const metrics = metricsOf(true);
    metrics.applied({ applied: 3, duplicates: 1, parked: 2 }, 12);
    metrics.applied({ applied: 4, duplicates: 0, parked: 0 }, 3);
    metrics.noticed({ type: 'limit_reached', idempotencyKey: 'k', account: 'a', limit: 'floor' });
    const text = await metrics.text();
    expect(text).toContain('jangbu_relay_events_applied_total 7');
    expect(text).toContain('jangbu_relay_events_duplicate_total 1');
    expect(text).toContain('jangbu_relay_events_parked_total 2');
    expect(text).toContain('jangbu_relay_limits_reached_total 1');
    expect(text).toContain('jangbu_relay_batch_seconds_count 2');
    expect(text).toContain('jangbu_relay_batch_seconds_sum 0.015');
  });
});
