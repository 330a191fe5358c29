import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { expectEachPaymentOnce } from './support/books.ts';
import { type Buyer, buyerOf } from './support/buyer.ts';
import { publishAllAgain } from './support/second-connector.ts';
import { type System, startSystem } from './support/system.ts';

describe('a relay', () => {
  let system: System;
  let buyer: Buyer;
  let paidCount = 0;
  beforeAll(async () => {
    system = await startSystem();
    buyer = buyerOf(system);
  }, 60_000);
  afterEach(async () => {
    expect(await expectEachPaymentOnce(system)).toBe(paidCount);
  }, 60_000);
  afterAll(() => system?.end());

  it('that forgot where it was gets every event a second time, and applies none of them', async () => {
    await pay(10);
    await system.untilSettled();
    await system.service('relay').stop();
    await system.database.admin.raw('DELETE FROM consumer_offsets');
    await system.start('relay');
    await untilAllRecordsAreRead();
  }, 60_000);

  it('that finds every event a second time in Kafka applies none of them', async () => {
    await pay(10);
    await system.untilSettled();
    const before = await system.topics.paymentRecords();
    const stopAgain = await publishAllAgain(system.stack, system.database);
    try {
      await waitFor(
        'every event to be published again',
        async () => (await system.topics.paymentRecords()) >= before + BigInt(paidCount),
      );
      await untilAllRecordsAreRead();
    } finally {
      await stopAgain();
    }
  }, 60_000);

  it('that has read from Kafka has no warning of kafkajs’ in its log', async () => {
    await pay(1);
    await system.untilSettled();
    expect(system.log('relay')).not.toMatch(/Warning/);
  });

  it('that is killed before MySQL’s commit has applied nothing, and the next one does', async () => {
    const before = await countApplied();
    await dieAt('relay.received');
    expect(await countApplied()).toBe(before);
    await system.start('relay');
  }, 60_000);

  it('that is killed between MySQL’s commit and Kafka’s has applied its batch, and the next one does not', async () => {
    const before = await countApplied();
    await dieAt('relay.applied');
    expect(await countApplied()).toBeGreaterThan(before);
    expect(await storedRecords()).toBeGreaterThan(await system.topics.committedRecords());
    await system.start('relay');
  }, 60_000);

  async function pay(count: number): Promise<void> {
    paidCount += count;
    await Promise.all(Array.from({ length: count }, () => buyer.payPatiently()));
  }

  async function dieAt(point: string): Promise<void> {
    await system.service('relay').stop();
    const relay = await system.start('relay', { JANGBU_FAIL_POINT: point });
    await pay(10);
    expect(await relay.ended).toBe('SIGKILL');
  }

  async function untilAllRecordsAreRead(): Promise<void> {
    const all = await system.topics.paymentRecords();
    await waitFor('every record to be read', async () => (await storedRecords()) === all);
  }

  /** How many records of the topic the books stand behind. */
  async function storedRecords(): Promise<bigint> {
    const [[row]] = await system.database.admin.raw(
      `SELECT CAST(COALESCE(SUM(next_offset), 0) AS CHAR) AS records FROM consumer_offsets WHERE topic LIKE '%.payment'`,
    );
    return BigInt(row.records);
  }

  async function countApplied(): Promise<number> {
    const [[row]] = await system.database.admin.raw('SELECT COUNT(*) AS count FROM inbox');
    return Number(row.count);
  }
});
