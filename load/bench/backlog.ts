import { deleteConnector, outboxConnector, putConnector } from '@jangbu/connect';
import {
  createLedger,
  ENTRY_AGGREGATE,
  type Ledger,
  openDatabase,
  paymentConfirmedEvent,
  SETTLEMENT_CONSUMER,
} from '@jangbu/ledger-core';
import {
  createRelay,
  EmbeddedSource,
  KafkaSource,
  type OutboxSource,
  settlementHandlers,
} from '@jangbu/relay';
import type { Stack } from '@jangbu/stack';
import type { Knex } from 'knex';
import { connectView } from '../../scripts/system/connect-view.ts';
import {
  dropDatabase,
  type PreparedDatabase,
  prepareDatabase,
} from '../../scripts/system/prepare-database.ts';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { openTopics } from '../../test/support/topics.ts';

export interface Backlog {
  readonly source: string;
  readonly settlements: number;
  readonly perSecond: number;
  readonly transactions: number;
  readonly isSound: boolean;
}

const SELLERS = 1_000;
const WRITTEN_AT_ONCE = 1_000;
const PUBLISH_TIMEOUT_MS = 300_000;
/** How many backlogs this process has made. */
let runs = 0;

export interface BacklogOptions {
  /** Of the payments' topic; default as connect/outbox-connector.json says. */
  readonly partitions?: number;
  /** Awaited once all is in place, before the relay is started. */
  whenReady?(): Promise<void>;
}

/** Settles a backlog of one-seller payments, four lines each, through one relay in this process: from MySQL itself, or from Kafka. */
export async function settleBacklog(
  stack: Stack,
  kind: 'embedded' | 'kafka',
  settlements: number,
  options: BacklogOptions = {},
): Promise<Backlog> {
  const { whenReady = async () => {} } = options;
  const database = await prepareDatabase({
    serverUrl: stack.addresses.databaseUrl,
    // A name of its own each time: Connect remembers how far a connector of that name has read.
    name: `backlog_${process.pid}_${++runs}`,
    passwords: { runtime: 'bench', replication: 'bench' },
  });
  const knex = openDatabase({ url: database.runtimeUrl, poolSize: 10 });
  try {
    const ledger = await createLedger({ knex, name: 'bench' });
    await writePayments(knex, ledger, settlements);
    const key = { knex, ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
    if (kind === 'embedded') {
      await whenReady();
      return await settle(knex, ledger, new EmbeddedSource(key), settlements);
    }
    return await throughKafka(stack, database, settlements, options, async (source) => {
      await whenReady();
      return settle(knex, ledger, new KafkaSource({ ...key, ...source }), settlements);
    });
  } finally {
    await knex.destroy();
    await dropDatabase(database);
  }
}

async function settle(
  knex: Knex,
  ledger: Ledger,
  source: OutboxSource,
  settlements: number,
): Promise<Backlog> {
  let applied = 0;
  let transactions = 0;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const relay = createRelay({
    ledger,
    knex,
    source,
    handlers: settlementHandlers(ledger),
    consumer: SETTLEMENT_CONSUMER,
    onApplied: (result) => {
      applied += result.applied;
      transactions += 1;
      if (applied >= settlements) finish();
    },
  });
  let from = performance.now();
  await relay.start();
  // Joining the group is no part of the pace.
  await waitFor('the source to read', async () => source.isReading(), { everyMs: 1 });
  if (applied === 0) from = performance.now();
  await finished;
  const seconds = (performance.now() - from) / 1000;
  await relay.stop();
  const { ok } = await ledger.verify();
  return { source: source.name, settlements, perSecond: settlements / seconds, transactions, isSound: ok };
}

/** Lets Debezium publish all of the outbox before the relay begins to read. */
async function throughKafka(
  stack: Stack,
  database: PreparedDatabase,
  settlements: number,
  { partitions }: BacklogOptions,
  work: (source: {
    brokers: string[];
    topicPrefix: string;
    aggregateTypes: string[];
    groupId: string;
  }) => Promise<Backlog>,
): Promise<Backlog> {
  const { kafkaBrokers = '', connectUrl = '' } = stack.addresses;
  const seen = connectView(stack.addresses, database.replicationUrl);
  const topicPrefix = database.name;
  const topics = openTopics(kafkaBrokers, topicPrefix);
  const connector = outboxConnector({
    database: database.name,
    databaseUrl: seen.replicationUrl,
    kafkaBrokers: seen.kafkaBrokers,
    topicPrefix,
  });
  await putConnector(connectUrl, connector.name, {
    ...connector.config,
    ...(partitions === undefined ? {} : { 'topic.creation.default.partitions': String(partitions) }),
  });
  try {
    await waitFor(
      'the whole outbox to be in Kafka',
      async () => (await topics.paymentRecords()) >= BigInt(settlements),
      { timeoutMs: PUBLISH_TIMEOUT_MS, everyMs: 500 },
    );
    return await work({
      brokers: kafkaBrokers.split(','),
      topicPrefix,
      aggregateTypes: ['payment', ENTRY_AGGREGATE],
      groupId: `${topicPrefix}-bench`,
    });
  } finally {
    await deleteConnector(connectUrl, connector.name);
    await topics.close();
  }
}

/** Writes payments of one seller each to the outbox. */
export async function writePayments(knex: Knex, ledger: Ledger, settlements: number): Promise<void> {
  for (let from = 0; from < settlements; from += WRITTEN_AT_ONCE) {
    const count = Math.min(WRITTEN_AT_ONCE, settlements - from);
    const events = Array.from({ length: count }, (_, index) => payment(from + index));
    await knex.transaction((trx) => ledger.within(trx).appendEvents(events));
  }
}

function payment(index: number) {
  return paymentConfirmedEvent({
    paymentKey: `backlog-${index}`,
    orderId: `order-${index}`,
    currency: 'KRW',
    amount: '36000',
    approvedAt: new Date().toISOString(),
    shares: [{ sellerId: String((index * 7_919) % SELLERS), amount: '36000' }],
  });
}
