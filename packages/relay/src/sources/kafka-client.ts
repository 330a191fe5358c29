import {
  type Consumer,
  type EachBatchPayload,
  Kafka,
  type KafkaMessage,
  type logCreator,
  logLevel,
} from 'kafkajs';
import { backoffMs, sleep } from './backoff.ts';
import { Underway } from './underway.ts';

/**
 * The file that reads through kafkajs (kafka-publisher.ts writes), so that another client can take its place. What the relay needs of a client:
 * read named topics as a group member, begin each partition where it is told, deliver batches, those of one partition one at a time, and commit.
 */
export interface LogClient {
  start(handlers: LogHandlers): Promise<void>;
  stop(): Promise<void>;
  isReading(): boolean;
  /** Milliseconds since the group's coordinator or a broker last answered; infinite once this client has given up. */
  silentForMs(): number;
}

export interface LogHandlers {
  /** Where to begin each of these partitions; asked whenever they are assigned to this member. */
  positions(topic: string, partitions: readonly number[]): Promise<Map<number, bigint>>;
  /**
   * Resolves when the batch is applied; the offset after it is then committed to the group. Partitions may call at once, and of each the
   * next batch is fetched meanwhile. When it rejects, the partition is begun again where `positions` says.
   */
  onBatch(batch: LogBatch): Promise<void>;
  onTrouble(message: string, error: unknown): void;
}

export interface LogBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  /** Where this reader began: nothing between here and the first record was skipped. */
  readonly fromOffset: bigint;
  readonly nextOffset: bigint;
  /** Keeps the membership alive during long work; throws when it is lost. */
  heartbeat(): Promise<void>;
}

export interface LogRecord {
  readonly offset: bigint;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LogClientOptions {
  brokers: readonly string[];
  groupId: string;
  topics: readonly string[];
  /** Partitions of topics that do not exist yet. */
  partitions: number;
}

/** A partition from where it was positioned on. */
interface Reading {
  /** What follows what was read, applied or not. */
  nextOffset: bigint;
  /** The batches that were read are applied one after the other; this is the last of them. */
  last: Promise<void>;
  readonly underway: Underway;
}

/** So many batches of a partition are read and not applied yet: kafkajs fetches for all partitions at once, when each has taken its last. */
const READ_AHEAD = 2;
/** Where to read on is what MySQL says; the group's offset is for others to see, so it may come a little later. */
const COMMIT_EVERY_MS = 500;
/** A consumer that gives up is not begun again by kafkajs, which could not be told to stop meanwhile: who uses this client takes a new one. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8, restartOnFailure: async () => false };

export class KafkaClient implements LogClient {
  readonly #options: LogClientOptions;
  readonly #stopping = new AbortController();
  // Each partition that has been positioned since it was assigned. One that is not in here is not read, so that no batch is applied
  // from a place that MySQL did not name.
  readonly #readings = new Map<string, Reading>();
  readonly #uncommitted = new Map<string, { topic: string; partition: number; offset: string }>();
  #committing: ReturnType<typeof setInterval> | undefined;
  #consumer: Consumer | undefined;
  #joining: Promise<unknown> = Promise.resolve();
  #isMember = false;
  #hasGivenUp = false;
  #lastSign = Date.now();

  constructor(options: LogClientOptions) {
    this.#options = options;
  }

  async start(handlers: LogHandlers): Promise<void> {
    const { brokers, groupId, topics, partitions } = this.#options;
    const kafka = new Kafka({
      clientId: groupId,
      brokers: [...brokers],
      retry: RETRY,
      logLevel: logLevel.ERROR,
      logCreator: quietly(handlers),
    });
    await ensureTopics(kafka, topics, partitions);
    // Nobody waits for a client any more that was stopped while it looked for its broker.
    if (this.#stopping.signal.aborted) return;
    const consumer = kafka.consumer({
      groupId,
      // The least that brokers allow unless told: so long a killed relay's partitions wait for the next one.
      sessionTimeout: 6_000,
      heartbeatInterval: 1_000,
      maxWaitTimeInMs: 250,
      retry: RETRY,
    });
    this.#consumer = consumer;
    this.#observe(consumer, handlers);
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    if (this.#stopping.signal.aborted) return consumer.disconnect();
    this.#committing = setInterval(
      () => this.#commit().catch((error) => handlers.onTrouble('could not commit to the group', error)),
      COMMIT_EVERY_MS,
    );
    const running = consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitions,
      eachBatch: (payload) => this.#deliver(consumer, payload, handlers),
    });
    this.#joining = running.catch(() => {});
    await running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#committing);
    await this.#commit().catch(() => {});
    this.#isMember = false;
    // kafkajs forgets a consumer that is told to stop while it joins, and it would stay a member that reads nothing for ever.
    await this.#joining;
    await this.#consumer?.disconnect();
  }

  isReading(): boolean {
    return this.#isMember;
  }

  silentForMs(): number {
    return this.#hasGivenUp ? Number.POSITIVE_INFINITY : Date.now() - this.#lastSign;
  }

  #observe(consumer: Consumer, handlers: LogHandlers): void {
    const sign = () => {
      this.#lastSign = Date.now();
    };
    consumer.on(consumer.events.HEARTBEAT, sign);
    consumer.on(consumer.events.FETCH, sign);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      sign();
      this.#isMember = true;
      this.#readings.clear();
      for (const [topic, assigned] of Object.entries(payload.memberAssignment)) {
        this.#position(consumer, handlers, topic, assigned).catch((error) =>
          handlers.onTrouble('could not read the stored offsets', error),
        );
      }
    });
    consumer.on(consumer.events.CRASH, () => {
      this.#hasGivenUp = true;
    });
    for (const event of [
      consumer.events.STOP,
      consumer.events.CRASH,
      consumer.events.DISCONNECT,
      consumer.events.REBALANCING,
    ]) {
      consumer.on(event, () => {
        this.#isMember = false;
        this.#readings.clear();
        this.#uncommitted.clear();
      });
    }
  }

  async #position(
    consumer: Consumer,
    handlers: LogHandlers,
    topic: string,
    assigned: readonly number[],
  ): Promise<void> {
    const stored = await handlers.positions(topic, assigned);
    for (const partition of assigned) {
      const offset = stored.get(partition) ?? 0n;
      consumer.seek({ topic, partition, offset: offset.toString() });
      this.#readings.set(placeOf(topic, partition), {
        nextOffset: offset,
        last: Promise.resolve(),
        underway: new Underway(READ_AHEAD),
      });
    }
  }

  async #deliver(
    consumer: Consumer,
    { batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload,
    handlers: LogHandlers,
  ): Promise<void> {
    const { topic, partition, messages } = batch;
    const reading = this.#readings.get(placeOf(topic, partition));
    // Not positioned yet: leave the batch unresolved, and ask again at the pace of the fetches.
    if (reading === undefined) return this.#position(consumer, handlers, topic, [partition]);
    await reading.underway.room();
    const last = messages.at(-1);
    if (last === undefined || !this.#isCurrent(reading, batch) || !isRunning() || isStale()) return;

    const fromOffset = reading.nextOffset;
    const nextOffset = BigInt(last.offset) + 1n;
    reading.nextOffset = nextOffset;
    resolveOffset(last.offset);
    const read = { topic, partition, records: messages.map(toRecord), fromOffset, nextOffset, heartbeat };
    reading.last = reading.last.then(() => this.#apply(consumer, reading, read, handlers));
    reading.underway.add(reading.last);
  }

  /** A batch that is not applied is read again from where MySQL says, and what was read after it as well. */
  async #apply(consumer: Consumer, reading: Reading, batch: LogBatch, handlers: LogHandlers): Promise<void> {
    const { topic, partition, nextOffset } = batch;
    if (!this.#isCurrent(reading, batch)) return;
    try {
      await handlers.onBatch(batch);
      if (this.#isCurrent(reading, batch))
        this.#uncommitted.set(placeOf(topic, partition), {
          topic,
          partition,
          offset: nextOffset.toString(),
        });
    } catch (error) {
      handlers.onTrouble('a batch was not applied', error);
      if (!this.#isCurrent(reading, batch)) return;
      this.#readings.delete(placeOf(topic, partition));
      await this.#positionAgain(consumer, handlers, batch);
    }
  }

  /** Not since the partition was given away, or positioned anew. */
  #isCurrent(reading: Reading, { topic, partition }: { topic: string; partition: number }): boolean {
    return this.#readings.get(placeOf(topic, partition)) === reading;
  }

  async #positionAgain(
    consumer: Consumer,
    handlers: LogHandlers,
    { topic, partition }: LogBatch,
  ): Promise<void> {
    for (let attempt = 0; !this.#stopping.signal.aborted && this.#isMember; attempt++) {
      await sleep(backoffMs(attempt), this.#stopping.signal);
      try {
        return await this.#position(consumer, handlers, topic, [partition]);
      } catch (error) {
        handlers.onTrouble('could not read the stored offsets', error);
      }
    }
  }

  async #commit(): Promise<void> {
    const offsets = [...this.#uncommitted.values()];
    if (offsets.length === 0 || !this.#isMember) return;
    this.#uncommitted.clear();
    await this.#consumer?.commitOffsets(offsets);
  }
}

/** Makes the topics that are missing. */
export async function ensureTopics(
  kafka: Kafka,
  topics: readonly string[],
  partitions: number,
): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const known = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !known.has(topic));
    if (missing.length > 0)
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
      });
  } finally {
    await admin.disconnect();
  }
}

function toRecord(message: KafkaMessage): LogRecord {
  return {
    offset: BigInt(message.offset),
    key: message.key?.toString('utf8') ?? '',
    value: message.value?.toString('utf8') ?? '',
    headers: Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name, headerText(value)]),
    ),
  };
}

function headerText(value: unknown): string {
  const [first] = Array.isArray(value) ? value : [value];
  return Buffer.isBuffer(first) ? first.toString('utf8') : String(first ?? '');
}

function placeOf(topic: string, partition: number): string {
  return `${topic} ${partition}`;
}

/** kafkajs writes its errors to the console unless it is given a place for them. */
function quietly({ onTrouble }: LogHandlers): logCreator {
  return () =>
    ({ namespace, log }) => {
      onTrouble(`kafkajs ${namespace}: ${log.message}`, log.error ?? log.message);
    };
}
