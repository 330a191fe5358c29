import { randomUUID } from 'node:crypto';
import { startStack } from '@jangbu/stack';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { openTopics } from '../../../test/support/topics.ts';
import { KafkaClient } from '../src/sources/kafka-client.ts';

const HANDLERS = {
  positions: async (_: string, partitions: readonly number[]) =>
    new Map(partitions.map((partition) => [partition, 0n])),
  onBatch: async () => {},
  onTrouble: () => {},
};

describe('the Kafka client', () => {
  const groupId = `client-${randomUUID().slice(0, 8)}`;
  const started: KafkaClient[] = [];
  let brokers: string[];
  let admin: Admin;

  beforeEach(async () => {
    const { addresses } = await startStack({ instance: 'test', parts: ['kafka'] });
    brokers = (addresses.kafkaBrokers ?? '').split(',');
    admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  }, 120_000);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((client) => client.stop()));
    await admin.disconnect();
    await openTopics(brokers.join(','), groupId).close();
  });

  it('leaves the group whenever it is stopped, also while it joins', async () => {
    const stays = newClient();
    await stays.start(HANDLERS);
    for (const afterMs of [0, 20, 60, 120, 200]) {
      const leaves = newClient();
      const starting = leaves.start(HANDLERS).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await leaves.stop();
      await starting;
    }
    await waitFor('the group to be the one that stays', async () => (await members()) === 1, {
      timeoutMs: 10_000,
    });
    expect(stays.isReading()).toBe(true);
  }, 60_000);

  function newClient(): KafkaClient {
    const client = new KafkaClient({ brokers, groupId, topics: [`${groupId}.payment`], partitions: 2 });
    started.push(client);
    return client;
  }

  async function members(): Promise<number> {
    const { groups } = await admin.describeGroups([groupId]);
    return groups[0]?.members.length ?? 0;
  }
});
