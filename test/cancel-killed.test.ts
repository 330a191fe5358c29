import { randomUUID } from 'node:crypto';
import { checkShop } from '@jangbu/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { type Agreed, type Buyer, buyerOf } from './support/buyer.ts';
import { type System, startSystem } from './support/system.ts';

describe('an API that is killed while it cancels', () => {
  let system: System;
  let buyer: Buyer;
  let refunded = 0;
  let paidCount = 0;
  beforeAll(async () => {
    system = await startSystem();
    buyer = buyerOf(system);
  }, 60_000);
  afterAll(() => system?.end());

  it.each([
    ['before it asks TossPayments', 'cancel.claimed', 38_000],
    ['between TossPayments’ answer and its commit', 'cancel.approved', 29_000],
    ['between its commit and its answer', 'cancel.committed', 29_000],
  ])(
    '%s gives the money back once',
    async (_when, point, left) => {
      const paid = await buyer.payPatiently();
      paidCount += 1;
      const key = { 'Idempotency-Key': randomUUID() };
      await dieAt(point, paid, key);
      expect((await providers(paid)).balanceAmount).toBe(left);

      await system.start('api');
      // Recovery does it alone: the client has not come back yet.
      await waitFor('the cancel to be done', async () => (await shops(paid)).refunded === 9_000);
      expect(await providers(paid)).toMatchObject({
        balanceAmount: 29_000,
        cancels: [{ cancelAmount: 9_000 }],
      });
      // The client that does come back, after its key's claim has run out, is told of that cancel, and makes no other.
      await system.database.admin.raw('UPDATE idempotency_keys SET held_until = created_at');
      const retried = await cancel(paid, key);
      expect(retried.body.result).toMatchObject({ status: 'done', amount: 9_000, replayed: true });
      expect(await shops(paid)).toMatchObject({ status: 'partially_cancelled', refunded: 9_000 });
      refunded += 9_000;
      await expectBooks();
    },
    60_000,
  );

  it('again and again, under a crowd, gives back exactly what it says', async () => {
    const paid = await Promise.all(Array.from({ length: 20 }, () => buyer.payPatiently()));
    paidCount += paid.length;
    const cancelling = Promise.all(paid.map((one) => cancelPatiently(one)));
    for (const share of [5, 12]) {
      await waitFor('some to be cancelled', async () => (await doneCount()) >= share, { everyMs: 5 });
      await system.service('api').kill();
      await system.start('api');
    }
    await cancelling;
    for (const one of paid) expect((await providers(one)).balanceAmount).toBe(29_000);
    refunded += 9_000 * paid.length;
    await expectBooks();
  }, 150_000);

  const cancel = ({ paymentKey }: Agreed, headers: Record<string, string>) =>
    buyer.call(
      'POST',
      `/api/payments/${paymentKey}/cancel`,
      { cancelReason: '단순 변심', cancelAmount: 9_000 },
      headers,
    );

  async function dieAt(point: string, paid: Agreed, key: Record<string, string>): Promise<void> {
    await system.service('api').stop();
    const api = await system.start('api', { JANGBU_FAIL_POINT: point });
    await expect(cancel(paid, key)).rejects.toThrow('fetch failed');
    expect(await api.ended).toBe('SIGKILL');
  }

  /**
   * Asks with one key until the payment says that it went back: up to a minute longer where the process died between the key's claim and
   * the cancel's, because the key is in flight for so long.
   */
  async function cancelPatiently(paid: Agreed): Promise<void> {
    const key = { 'Idempotency-Key': randomUUID() };
    await waitFor(
      'the cancel to be done',
      async () => {
        await cancel(paid, key).catch(() => undefined);
        const state = await shops(paid).catch(() => undefined);
        return state?.refunded === 9_000;
      },
      { timeoutMs: 100_000, everyMs: 250 },
    );
  }

  async function shops({ paymentKey }: Agreed) {
    return (await buyer.call('GET', `/api/payments/${paymentKey}`)).body.result;
  }

  async function providers({ paymentKey }: Agreed) {
    const { body } = await buyer.call('GET', '/sandbox/toss/payments?limit=10000');
    return body.payments.find((payment: Agreed) => payment.paymentKey === paymentKey);
  }

  async function doneCount(): Promise<number> {
    const [[row]] = await system.database.admin.raw(
      `SELECT COUNT(*) AS count FROM cancels WHERE status = 'done'`,
    );
    return Number(row.count) - refunded / 9_000;
  }

  /** Every cancel is one event, and the books hold what was paid less what went back. */
  async function expectBooks(): Promise<void> {
    await system.untilSettled();
    expect((await system.ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
    expect((await system.ledger.lag()).deadLetters).toBe(0);
    const [events] = await system.database.admin.raw(
      `SELECT event_type AS type, COUNT(*) AS count FROM outbox GROUP BY event_type ORDER BY event_type`,
    );
    expect(events.map(({ type, count }: { type: string; count: number }) => [type, Number(count)])).toEqual([
      ['PaymentCancelled', refunded / 9_000],
      ['PaymentConfirmed', paidCount],
    ]);
    const { rows } = await system.ledger.trialBalance();
    const receivable = rows.find(({ account }) => account === 'assets:receivables:tosspayments');
    expect(receivable?.closing).toBe(String(38_000 * paidCount - refunded));
  }
});
