import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { ensureTopics } from './kafka-client.ts';

/** A record to be published; records of one key stay in order. */
export interface NewRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Publisher {
  /** Resolves when every in-sync broker has all of them. */
  publish(records: readonly NewRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Whoever publishes tries again by itself, so that a stop need not wait for long. */
const RETRY = { retries: 2, initialRetryTime: 100, maxRetryTime: 500 };

/** Publishes to Kafka; connects when there is something to publish, and makes the topics that are missing. */
export function createKafkaPublisher(options: {
  brokers: readonly string[];
  clientId: string;
  partitions: number;
}): Publisher {
  const { brokers, clientId, partitions } = options;
  const kafka = new Kafka({ clientId, brokers: [...brokers], logLevel: logLevel.NOTHING, retry: RETRY });
  const known = new Set<string>();
  let connected: Producer | undefined;

  async function connect(): Promise<Producer> {
    if (connected !== undefined) return connected;
    const producer = kafka.producer({
      // Java's murmur2, so that a key has the same partition as where Debezium puts it.
      createPartitioner: Partitioners.DefaultPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    connected = producer;
    return producer;
  }

  return {
    async publish(records) {
      const topics = [...new Set(records.map(({ topic }) => topic))];
      const missing = topics.filter((topic) => !known.has(topic));
      if (missing.length > 0) await ensureTopics(kafka, missing, partitions);
      for (const topic of missing) known.add(topic);
      const producer = await connect();
      const topicMessages = topics.map((topic) => ({
        topic,
        messages: records
          .filter((record) => record.topic === topic)
          .map(({ key, value, headers }) => ({ key, value, headers })),
      }));
      await producer.sendBatch({ acks: -1, topicMessages });
    },
    async close() {
      const producer = connected;
      connected = undefined;
      await producer?.disconnect();
    },
  };
}
