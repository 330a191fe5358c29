import { type ConnectorState, connectorState, outboxConnector, superviseConnector } from '@jangbu/connect';
import {
  assertMigrated,
  createLedger,
  type Ledger,
  openDatabase,
  SETTLEMENT_CONSUMER,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { watchBinlog } from './binlog-watch.ts';
import type { RelayConfig } from './config.ts';
import { publishDeadLetters } from './dead-letter-topic.ts';
import { startJobs } from './jobs.ts';
import { careForOutbox } from './outbox-care.ts';
import { createRelay } from './relay.ts';
import { SETTLEMENT_AGGREGATES, settlementHandlers } from './settlement-handlers.ts';
import { within } from './sources/backoff.ts';
import { EmbeddedSource } from './sources/embedded-source.ts';
import { createKafkaPublisher } from './sources/kafka-publisher.ts';
import { KafkaSource, PARTITIONS } from './sources/kafka-source.ts';
import { LOST_AFTER_MS, type OutboxSource } from './sources/source.ts';
import { WatchedSource } from './sources/watched-source.ts';
import { startHealthServer } from './status/health-server.ts';
import { createMetrics } from './status/metrics.ts';

export interface RunningRelay {
  readonly healthUrl: string;
  stop(): Promise<void>;
}

/** Starts the settlement relay: database, connector, source, application, health. */
export async function startRelay(config: RelayConfig, log: Logger): Promise<RunningRelay> {
  const knex = openDatabase({ url: config.databaseUrl, poolSize: 8, lostAfterMs: LOST_AFTER_MS });
  const ledger = await openLedger(knex, config.ledgerName);
  const connector = superviseOutboxConnector(config, log);
  const source = new WatchedSource({
    make: () => sourceOf(config, knex, ledger, log),
    lag: () => ledger.lag(),
    silenceMs: config.silenceMs,
    onTrouble: (message, error) => log.warn({ err: error }, message),
  });
  const metrics = createMetrics({
    source,
    lag: () => ledger.lag(),
    connector: connector?.state,
    batchSize: () => relay.batchSize(),
  });
  const relay = createRelay({
    ledger,
    knex,
    source,
    handlers: settlementHandlers(ledger),
    consumer: SETTLEMENT_CONSUMER,
    onApplied: (result, batches, tookMs) => {
      metrics.applied(result, tookMs);
      log.debug(
        {
          ...result,
          tookMs: Math.round(tookMs),
          batches: batches.map((batch) => `${batch.topic}:${batch.partition} to ${batch.nextOffset}`),
        },
        'applied',
      );
    },
    onTrouble: (message, error) => log.warn({ err: error }, message),
  });
  ledger.watch((notice) => {
    metrics.noticed(notice);
    if (notice.type === 'event_parked') log.error(notice, 'an event went to dead letters');
    else if (notice.type === 'limit_reached') log.warn(notice, 'an account reached its limit');
    else log.debug(notice, notice.type);
  });
  let isStopping = false;
  const ready = async () => {
    if (isStopping) return { ok: false, reasons: ['the relay is stopping'] };
    if (!(await answers(knex))) return { ok: false, reasons: ['MySQL does not answer'] };
    return source.isReading()
      ? { ok: true, reasons: [] }
      : { ok: false, reasons: [`the ${source.name} source is not reading`] };
  };
  const health = await startHealthServer({ ready, metrics }, config.host, config.port);
  const deadLetterTopics = fillDeadLetterTopics(config, knex, ledger, log);
  const outboxCare = careForOutbox(config, knex, log);
  const binlog = connector === undefined ? undefined : watchBinlog(connector, knex, log);
  await relay.start();
  return {
    healthUrl: health.url,
    async stop() {
      isStopping = true;
      connector?.stop();
      await Promise.all([
        relay.stop(),
        within(STOP_WITHIN_MS, deadLetterTopics?.stop()),
        // An archive that is not whole yet has no name, and is begun anew.
        within(STOP_WITHIN_MS, outboxCare?.stop()),
        within(STOP_WITHIN_MS, binlog?.stop()),
      ]);
      await health.close();
      await knex.destroy();
    },
  };
}

const PUBLISH_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 1_000;
const ANSWER_WITHIN_MS = 2_000;

async function answers(knex: Knex): Promise<boolean> {
  let isThere = false;
  const asked = knex.raw('SELECT 1').then(() => {
    isThere = true;
  });
  await within(ANSWER_WITHIN_MS, asked);
  return isThere;
}

/** Where events come through Kafka, those that were parked go there as well. */
function fillDeadLetterTopics(
  { source }: RelayConfig,
  knex: Knex,
  ledger: Ledger,
  log: Logger,
): { stop(): Promise<void> } | undefined {
  if (source.kind !== 'kafka' || !source.hasDeadLetterTopics) return undefined;
  const { brokers, topicPrefix } = source;
  const clientId = `${topicPrefix}-dead-letters`;
  const publisher = createKafkaPublisher({ brokers, clientId, partitions: PARTITIONS });
  const key = { ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
  const jobs = startJobs(
    [
      {
        name: 'publishing dead letters',
        everyMs: PUBLISH_EVERY_MS,
        run: () => publishDeadLetters({ knex, key, publisher, topicPrefix }),
      },
    ],
    (message, error) => log.warn({ err: error }, message),
  );
  return {
    async stop() {
      await jobs.stop();
      await publisher.close();
    },
  };
}

async function openLedger(knex: Knex, name: string): Promise<Ledger> {
  await assertMigrated(knex);
  return createLedger({ knex, name });
}

function sourceOf(config: RelayConfig, knex: Knex, ledger: Ledger, log: Logger): OutboxSource {
  const common = {
    knex,
    ledgerId: ledger.ledgerId,
    consumer: SETTLEMENT_CONSUMER,
    onNote: (message: string, details?: object) => log.info({ ...details }, message),
    onTrouble: (message: string, error: unknown) => log.warn({ err: error }, message),
  };
  if (config.source.kind === 'embedded') return new EmbeddedSource(common);
  const { brokers, topicPrefix } = config.source;
  return new KafkaSource({
    ...common,
    brokers,
    topicPrefix,
    aggregateTypes: SETTLEMENT_AGGREGATES,
    silenceMs: config.silenceMs,
    groupId: `${topicPrefix}-${ledger.name}-${SETTLEMENT_CONSUMER}`,
  });
}

interface SupervisedConnector {
  readonly connector: string;
  readonly connectUrl: string;
  state(): Promise<ConnectorState>;
  stop(): void;
}

/** Registers the connector where it is missing, and restarts a task that failed. */
function superviseOutboxConnector(config: RelayConfig, log: Logger): SupervisedConnector | undefined {
  if (config.connector === undefined || config.source.kind !== 'kafka') return undefined;
  const { connectUrl, replicationUrl, kafkaBrokers } = config.connector;
  const { topicPrefix } = config.source;
  const database = new URL(config.databaseUrl).pathname.slice(1);
  const connector = outboxConnector({
    database,
    databaseUrl: replicationUrl,
    kafkaBrokers,
    topicPrefix,
  });
  const { name } = connector;
  const { stop } = superviseConnector({
    connectUrl,
    connector,
    onNote: (message: string) => log.info({ connector: name }, message),
  });
  return { connector: name, connectUrl, state: () => connectorState(connectUrl, name), stop };
}
