import { type DeliveredEvent, readOffsets } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { backoffMs, sleep, unlessAborted, within } from './backoff.ts';
import { toDeliveredEvent } from './event-record.ts';
import { KafkaClient, type LogClient, type LogHandlers, type LogRecord } from './kafka-client.ts';
import type { Deliver, OutboxSource, SourceEvents, Take } from './source.ts';

export interface KafkaSourceOptions extends SourceEvents {
  knex: Knex;
  ledgerId: number;
  consumer: string;
  brokers: readonly string[];
  /** The connector's: the topics are `<topicPrefix>.<aggregate type>`. */
  topicPrefix: string;
  aggregateTypes: readonly string[];
  /** Group members of one ledger and consumer share the partitions. */
  groupId: string;
  /** A reader that hears nothing from Kafka for so long is replaced, in ms. Default 30,000. */
  silenceMs?: number;
}

/** Partitions of topics that do not exist yet. */
export const PARTITIONS = 4;
const DEFAULT_SILENCE_MS = 30_000;
const WATCH_EVERY_MS = 500;
const STOP_WITHIN_MS = 1_000;
const REPLACE_WITHIN_MS = 10_000;
const HEARTBEAT_EVERY_MS = 1_000;

/**
 * Reads the topics that Debezium fills. Where to read from is what MySQL says, not the group's committed offset, which is
 * only there for others to see.
 */
export class KafkaSource implements OutboxSource {
  readonly name = 'kafka';
  readonly #options: KafkaSourceOptions;
  readonly #stopping = new AbortController();
  #client: LogClient | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: KafkaSourceOptions) {
    this.#options = options;
  }

  async start(deliver: Deliver, take?: Take): Promise<void> {
    this.#running = this.#run(deliver, take);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  isReading(): boolean {
    return this.#client?.isReading() ?? false;
  }

  async #run(deliver: Deliver, take?: Take): Promise<void> {
    const { brokers, groupId, topicPrefix, aggregateTypes, onNote, onTrouble } = this.#options;
    const topics = aggregateTypes.map((type) => `${topicPrefix}.${type}`);
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt++) {
      const client = new KafkaClient({ brokers, groupId, topics, partitions: PARTITIONS });
      this.#client = client;
      try {
        await unlessAborted(this.#stopping.signal, client.start(this.#handlers(deliver, take)));
        attempt = 0;
        if (!this.#stopping.signal.aborted) onNote?.('reading', { topics, groupId });
        await this.#untilSilent(client);
        if (!this.#stopping.signal.aborted)
          onTrouble?.('Kafka fell silent; the reader is replaced', undefined);
      } catch (error) {
        onTrouble?.('Kafka cannot be read; trying again', error);
      }
      await this.#end(client);
      await sleep(backoffMs(attempt), this.#stopping.signal);
    }
  }

  /** Kafka is told if it answers; a member that just goes away is missed at the end of its session. */
  async #end(client: LogClient): Promise<void> {
    const stopped = client.stop().catch((error) => {
      this.#options.onTrouble?.('the reader did not stop cleanly', error);
    });
    const isLast = this.#stopping.signal.aborted;
    const isInTime = await within(isLast ? STOP_WITHIN_MS : REPLACE_WITHIN_MS, stopped);
    if (!isInTime) this.#options.onTrouble?.('the reader did not stop in time', undefined);
  }

  #handlers(deliver: Deliver, take?: Take): LogHandlers {
    const { knex, ledgerId, consumer, onTrouble } = this.#options;
    const stopping = this.#stopping.signal;
    /** A record that never came from the outbox can be no event of it, and holds nothing up. */
    const eventOf = (record: LogRecord, topic: string): DeliveredEvent[] => {
      try {
        return [toDeliveredEvent(record, topic)];
      } catch (error) {
        onTrouble?.('a record that is no outbox event was passed by', error);
        return [];
      }
    };
    return {
      async positions(topic, partitions) {
        await take?.(topic, partitions);
        const stored = await readOffsets(knex, { ledgerId, consumer }, topic);
        return new Map(partitions.map((partition) => [partition, stored.get(partition)?.nextOffset ?? 0n]));
      },
      async onBatch({ topic, partition, records, fromOffset, nextOffset, heartbeat }) {
        const events = records.flatMap((record) => eventOf(record, topic));
        // Deliver retries for as long as it takes; the heartbeat keeps the membership meanwhile, unless it is to be given up.
        const beat = setInterval(() => {
          if (stopping.aborted) clearInterval(beat);
          else heartbeat().catch(() => {});
        }, HEARTBEAT_EVERY_MS);
        try {
          await deliver({ topic, partition, events, fromOffset, nextOffset });
        } finally {
          clearInterval(beat);
        }
      },
      onTrouble: (message, error) => {
        // A batch that is not taken any more is no trouble.
        if (!stopping.aborted) onTrouble?.(message, error);
      },
    };
  }

  /** A consumer that stops without an error is known to happen; only silence tells. */
  async #untilSilent(client: LogClient): Promise<void> {
    const silenceMs = this.#options.silenceMs ?? DEFAULT_SILENCE_MS;
    while (!this.#stopping.signal.aborted && client.silentForMs() < silenceMs)
      await sleep(WATCH_EVERY_MS, this.#stopping.signal);
  }
}
