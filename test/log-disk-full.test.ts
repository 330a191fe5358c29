import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectEachPaymentOnce } from './support/books.ts';
import { buyerOf } from './support/buyer.ts';
import { prepareSystem, type System } from './support/system.ts';

/** Every write to it fails with ENOSPC, as on a full disk. Linux has it. */
const FULL_DISK = '/dev/full';
const PAYMENTS = 30;

(existsSync(FULL_DISK) ? describe : describe.skip)('where the disk that takes the logs is full', () => {
  let system: System;
  beforeAll(async () => {
    system = await prepareSystem();
  }, 60_000);
  afterAll(() => system?.end());

  it('api and relay take payments, settle them, and end in order', async () => {
    await system.start('sandbox');
    const talkative = { LOG_LEVEL: 'trace' };
    const started = [
      await system.start('relay', talkative, FULL_DISK),
      await system.start('api', talkative, FULL_DISK),
    ];
    const buyer = buyerOf(system);
    const paid = await Promise.all(Array.from({ length: PAYMENTS }, () => buyer.payPatiently()));
    expect(new Set(paid.flatMap(({ answers }) => answers))).toEqual(new Set(['200']));
    expect(await expectEachPaymentOnce(system)).toBe(PAYMENTS);
    await Promise.all(started.map((service) => service.stop()));
    expect(await Promise.all(started.map(({ ended }) => ended))).toEqual([0, 0]);
  }, 60_000);
});
