import type { BatchResult, Lag, LedgerNotice } from '@jangbu/ledger-core';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the relay tells Prometheus. */
export interface RelayMetrics {
  /** Told of each transaction that applied batches. */
  applied(result: BatchResult, tookMs: number): void;
  noticed(notice: LedgerNotice): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsOptions {
  readonly source: { readonly name: string; isReading(): boolean };
  /** Asked when somebody scrapes. */
  lag(): Promise<Lag>;
  /** Asked when somebody scrapes; undefined where there is no connector to look after. */
  connector?: (() => Promise<{ readonly connector: string; readonly tasks: readonly string[] }>) | undefined;
  /** How many events the next transaction may take. */
  batchSize?(): number;
  clock?(): Date;
}

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics(options: MetricsOptions): RelayMetrics {
  const { source, lag, clock = () => new Date(), connector, batchSize } = options;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'jangbu_relay_' });
  const counter = (name: string, help: string) =>
    new Counter({ name: `jangbu_relay_${name}`, help, registers: [registry] });
  const applied = counter('events_applied_total', 'Events that were applied.');
  const duplicates = counter(
    'events_duplicate_total',
    'Events that had been applied before, and were dropped.',
  );
  const parked = counter('events_parked_total', 'Events that went to dead letters.');
  const limits = counter('limits_reached_total', 'Entries that an account’s limit refused.');
  const sizes = new Histogram({
    name: 'jangbu_relay_batch_events',
    help: 'Events applied in one transaction.',
    buckets: BATCH_SIZES,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'jangbu_relay_batch_seconds',
    help: 'How long the transaction of a batch took.',
    buckets: SECONDS,
    registers: [registry],
  });
  registerLag(registry, { source, lag, clock });
  if (connector !== undefined) registerConnector(registry, connector);
  if (batchSize !== undefined) registerBatchSize(registry, batchSize);
  return {
    applied(result, tookMs) {
      applied.inc(result.applied);
      duplicates.inc(result.duplicates);
      parked.inc(result.parked);
      sizes.observe(result.applied);
      durations.observe(tookMs / 1000);
    },
    noticed({ type }) {
      if (type === 'limit_reached') limits.inc();
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Gauges that are read from the database when somebody scrapes, all of them from one reading of the lag. */
function registerLag(
  registry: Registry,
  { source, lag, clock }: Required<Pick<MetricsOptions, 'source' | 'lag' | 'clock'>>,
): void {
  let reading: Promise<Lag> | undefined;
  const readOnce = (): Promise<Lag> => {
    reading ??= lag().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauge = (name: string, help: string, valueIn: (lag: Lag) => number) =>
    new Gauge({
      name: `jangbu_relay_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(valueIn(await readOnce()));
      },
    });
  gauge('lag_events', 'Events in the outbox that are neither applied nor parked.', ({ events }) => events);
  gauge('lag_seconds', 'Age of the oldest event that is neither applied nor parked.', ({ oldestAt }) =>
    ageOf(oldestAt, clock()),
  );
  gauge(
    'oldest_unsettled_seconds',
    'Age of the oldest event that is not applied, parked ones included.',
    ({ oldestUnsettledAt }) => ageOf(oldestUnsettledAt, clock()),
  );
  gauge(
    'binlog_lost',
    '1 from when MySQL has purged binlogs that the connector had not read until it has read the outbox anew.',
    ({ binlogLoss }) => (binlogLoss !== null && binlogLoss.healedAt === null ? 1 : 0),
  );
  gauge(
    'last_batch_events',
    'Events that the last transaction took, of whichever relay.',
    ({ batchEvents }) => batchEvents,
  );
  gauge(
    'duplicates_dropped',
    'Events that came again after they were applied, over all relays and from the beginning.',
    ({ duplicatesDropped }) => duplicatesDropped,
  );
  gauge('dead_letters', 'Events that wait in dead letters.', ({ deadLetters }) => deadLetters);
  new Gauge({
    name: 'jangbu_relay_partition_held',
    help: 'Which relay reads a partition: 1, or 0 where that relay is silent and nobody has taken over yet.',
    labelNames: ['relay', 'topic', 'partition'],
    registers: [registry],
    async collect() {
      const { holdings } = await readOnce();
      this.reset();
      for (const { relay, topic, partitions, isAlive } of holdings)
        for (const partition of partitions) this.set({ relay, topic, partition }, isAlive ? 1 : 0);
    },
  });
  new Gauge({
    name: 'jangbu_relay_source_reading',
    help: '1 while the source is read: connected, and a leader or a member of its group.',
    labelNames: ['source'],
    registers: [registry],
    collect() {
      this.set({ source: source.name }, source.isReading() ? 1 : 0);
    },
  });
}

/** Connect's own words, as labels: the state that it is in has 1. */
function registerConnector(registry: Registry, connector: NonNullable<MetricsOptions['connector']>): void {
  new Gauge({
    name: 'jangbu_relay_connector_state',
    help: '1 for the state in which Connect says that the connector is.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      this.set({ state: (await connector()).connector }, 1);
    },
  });
  new Gauge({
    name: 'jangbu_relay_connector_tasks',
    help: 'The connector’s tasks, by the state in which Connect says that they are.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const state of (await connector()).tasks) this.inc({ state });
    },
  });
}

function registerBatchSize(registry: Registry, batchSize: () => number): void {
  new Gauge({
    name: 'jangbu_relay_batch_size',
    help: 'How many events the next transaction may take.',
    registers: [registry],
    collect() {
      this.set(batchSize());
    },
  });
}

function ageOf(instant: Date | null, now: Date): number {
  return instant === null ? 0 : Math.max(0, (now.getTime() - instant.getTime()) / 1000);
}
