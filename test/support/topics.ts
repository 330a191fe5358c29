import { Kafka, logLevel } from 'kafkajs';

/** The topics of one system, looked at from outside. */
export interface Topics {
  /** How many records the payment topic has got, over its partitions. */
  paymentRecords(): Promise<bigint>;
  /** How many of them the consumer groups' committed offsets leave behind. */
  committedRecords(): Promise<bigint>;
  /** Deletes every topic and group of the system, and lets go of the connection. */
  close(): Promise<void>;
}

/** Every topic and group of a system has its prefix in its name. */
export function openTopics(brokers: string, prefix: string): Topics {
  const kafka = new Kafka({ clientId: prefix, brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const connected = () => admin.connect();
  const payments = `${prefix}.payment`;
  const groups = async () =>
    (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));

  return {
    async paymentRecords() {
      await connected();
      const partitions = await admin.fetchTopicOffsets(payments);
      return partitions.reduce((sum, { high }) => sum + BigInt(high), 0n);
    },
    async committedRecords() {
      await connected();
      let sum = 0n;
      for (const groupId of await groups()) {
        const [topic] = await admin.fetchOffsets({ groupId, topics: [payments] });
        // -1 stands for a partition without a committed offset.
        for (const { offset } of topic?.partitions ?? []) sum += offset === '-1' ? 0n : BigInt(offset);
      }
      return sum;
    },
    async close() {
      await connected();
      const mine = (await admin.listTopics()).filter((topic) => topic.includes(prefix));
      if (mine.length > 0) await admin.deleteTopics({ topics: mine });
      const left = await groups();
      if (left.length > 0) await admin.deleteGroups(left).catch(() => {});
      await admin.disconnect();
    },
  };
}
