import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { expectEachPaymentOnce } from './support/books.ts';
import { type Agreed, type Buyer, buyerOf } from './support/buyer.ts';
import { type System, startSystem } from './support/system.ts';

const CROWD = 40;
/** What a client may hear while the API dies and comes back; anything else would leave it not knowing what to do. */
const EXPECTED_ANSWERS = ['200', '202', 'none', '409 payment_in_progress'];

describe('an API that is killed', () => {
  let system: System;
  let buyer: Buyer;
  let paidCount = 0;
  beforeAll(async () => {
    system = await startSystem();
    buyer = buyerOf(system);
  }, 60_000);
  afterAll(() => system?.end());

  it.each([
    ['before it asks TossPayments', 'payment.claimed', 'IN_PROGRESS', 'confirming'],
    ['between TossPayments’ answer and its commit', 'payment.approved', 'DONE', 'confirming'],
    ['between its commit and its answer', 'payment.committed', 'DONE', 'done'],
  ])(
    '%s leaves nothing that the next one does not finish',
    async (_when, point, provider, shop) => {
      const agreed = await dieAt(point);
      expect(await providersStatus(agreed)).toBe(provider);
      expect(await shopsStatus(agreed)).toBe(shop);

      await system.start('api');
      // Recovery does it alone: the client has not come back yet.
      await waitFor('the payment to be done', async () => (await shopsStatus(agreed)) === 'done');
      expect(await providersStatus(agreed)).toBe('DONE');
      const retried = await buyer.confirm(agreed);
      expect(retried.status).toBe(200);
      expect(retried.body.result).toMatchObject({ ...agreed, status: 'done', replayed: true });
      paidCount += 1;
      expect(await expectEachPaymentOnce(system)).toBe(paidCount);
    },
    60_000,
  );

  it('again and again, under load, loses and doubles no payment', async () => {
    const answers = new Set<string>();
    let isOver = false;
    const payOn = async (): Promise<void> => {
      do {
        for (const answer of (await buyer.payPatiently()).answers) answers.add(answer);
        paidCount += 1;
      } while (!isOver);
    };
    // Nobody stops before the last API is up, so each death meets a crowd, however fast it pays.
    const crowd = Promise.all(Array.from({ length: CROWD }, payOn));
    try {
      for (const _death of [1, 2]) {
        const before = paidCount;
        await waitFor('some to be paid', async () => paidCount >= before + CROWD / 4, { everyMs: 5 });
        await system.service('api').kill();
        await system.start('api');
      }
    } finally {
      isOver = true;
      await crowd;
    }
    expect(answers).toContain('none');
    expect([...answers].filter((answer) => !EXPECTED_ANSWERS.includes(answer))).toEqual([]);
    expect(await expectEachPaymentOnce(system)).toBe(paidCount);
  }, 90_000);

  async function dieAt(point: string): Promise<Agreed> {
    await system.service('api').stop();
    const api = await system.start('api', { JANGBU_FAIL_POINT: point });
    const agreed = await buyer.agree();
    await expect(buyer.confirm(agreed)).rejects.toThrow('fetch failed');
    expect(await api.ended).toBe('SIGKILL');
    return agreed;
  }

  async function shopsStatus({ paymentKey }: Agreed): Promise<string> {
    const [[row]] = await system.database.admin.raw('SELECT status FROM payments WHERE payment_key = ?', [
      paymentKey,
    ]);
    return row.status;
  }

  async function providersStatus({ paymentKey }: Agreed): Promise<string> {
    const { body } = await buyer.call('GET', '/sandbox/toss/payments?limit=10000');
    return body.payments.find((payment: Agreed) => payment.paymentKey === paymentKey).status;
  }
});
