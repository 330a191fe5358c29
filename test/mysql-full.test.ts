import { createLedger, credit, debit, type Ledger, money } from '@jangbu/ledger-core';
import { type Stack, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../scripts/testing/test-database.ts';
import { expectEachPaymentOnce } from './support/books.ts';
import { buyerOf } from './support/buyer.ts';
import { areServersOurs } from './support/our-servers.ts';
import { canMountDisks, type MysqlOnSmallDisk, startMysqlOnSmallDisk } from './support/small-disk.ts';
import { prepareSystem, SERVICES, type System } from './support/system.ts';

const DISK_MB = 400;
const PAYMENTS = 40;
const FULL_FOR_MS = 3_000;

/** What a client may be told meanwhile: to come again, each time by the name of the cause. */
const LATER = [
  '503 database_full',
  '503 database_unreachable',
  '503 payment_recording_delayed',
  '409 payment_in_progress',
  '409 idempotency_in_flight',
  'none',
];

(canMountDisks() && areServersOurs ? describe : describe.skip)('where the disk of MySQL is full', () => {
  let disk: MysqlOnSmallDisk;
  let stack: Stack;
  beforeAll(async () => {
    disk = await startMysqlOnSmallDisk(DISK_MB);
    const usual = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
    stack = { ...usual, addresses: { ...usual.addresses, databaseUrl: disk.url } };
  }, 120_000);
  afterAll(() => disk?.stop());

  describe('a ledger', () => {
    let database: TestDatabase;
    let ledger: Ledger;
    beforeAll(async () => {
      database = await createTestDatabase({ serverUrl: disk.url });
      ledger = await createLedger({ knex: database.runtime, name: 'full' });
      await ledger.openAccounts([
        { code: 'assets:cash', type: 'asset', currency: 'KRW' },
        { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
      ]);
    }, 60_000);
    afterAll(() => database?.drop());

    it('says so, has posted nothing of what it refused, and posts it when there is room', async () => {
      disk.fill();
      const refused = await postUntilRefused();
      disk.free();
      expect(refused.error).toMatchObject({ code: 'database_full', details: { errno: 1114 } });
      expect(await ledger.verify()).toMatchObject({ ok: true });
      expect(await post(refused.key)).toMatchObject({ replayed: false });
      expect(await ledger.balance('assets:cash')).toMatchObject({ posted: `${refused.count + 1}` });
    }, 60_000);

    const post = (idempotencyKey: string) =>
      ledger.post({
        idempotencyKey,
        kind: 'sale',
        lines: [debit('assets:cash', money('1', 'KRW')), credit('revenue:sales', money('1', 'KRW'))],
      });

    /** Pages that MySQL has already take some entries more. */
    async function postUntilRefused() {
      for (let count = 0; ; count++) {
        const key = `entry-${count}`;
        try {
          await post(key);
        } catch (error) {
          return { error, key, count };
        }
      }
    }
  });

  describe('a shop', () => {
    let system: System;
    beforeAll(async () => {
      // A Connect in a container does not reach a MySQL of this machine's own.
      system = await prepareSystem(stack, stack.platform === 'docker' ? 'embedded' : 'kafka');
      await Promise.all(SERVICES.map((name) => system.start(name)));
    }, 60_000);
    afterAll(() => system?.end());

    it('tells its clients to come later, and loses and doubles nothing', async () => {
      const buyer = buyerOf(system);
      await buyer.payPatiently();
      disk.fill();
      setTimeout(() => disk.free(), FULL_FOR_MS);
      const paid = await Promise.all(Array.from({ length: PAYMENTS }, () => buyer.payPatiently()));
      const answers = new Set(paid.flatMap((one) => one.answers));
      expect([...answers].filter((answer) => answer !== '200' && !LATER.includes(answer))).toEqual([]);
      expect(answers.size).toBeGreaterThan(1);
      expect(await expectEachPaymentOnce(system)).toBe(PAYMENTS + 1);
    }, 90_000);
  });
});
