import { createLedger, readEvents, SETTLEMENT_CONSUMER, settlementHandlers } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../src/http/caller.ts';
import { checkShop } from '../src/index.ts';
import { openPaymentWindow } from './support/payment-window.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const BUYER: Caller = { memberId: 1, roles: ['buyer'] };
const STRANGER: Caller = { memberId: 2, roles: ['buyer'] };
const ACCOUNTANT: Caller = { memberId: 3, roles: ['buyer', 'accountant'] };

describe('following an order’s money', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let caller = BUYER;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({
      environment: { SANDBOX_URL: sandbox.url },
      credentials: { readCaller: () => caller },
    });
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });

  const follow = (orderId: string, as: Caller) => {
    caller = as;
    return shop.call('GET', `/api/orders/${orderId}/settlement`);
  };

  it('tells the buyer how far it is, and who keeps the books what it became', async () => {
    caller = BUYER;
    const orderId = await shop.order();
    expect((await follow(orderId, BUYER)).body.result).toEqual({ orderId, events: [] });
    const paymentKey = await openPaymentWindow({ baseUrl: sandbox.url, orderId, amount: 38_000 });
    expect((await shop.confirm(orderId, paymentKey)).status).toBe(200);

    const [waiting] = (await follow(orderId, BUYER)).body.result.events;
    expect(waiting).toMatchObject({
      eventType: 'PaymentConfirmed',
      state: 'waiting',
      appliedAt: null,
      source: null,
      entryCount: 0,
      entries: null,
    });
    expectProblem(await follow(orderId, STRANGER), 404, 'order_unknown');

    await settle();
    expect((await follow(orderId, BUYER)).body.result.events).toEqual([
      { ...waiting, state: 'applied', appliedAt: expect.any(String), source: 'kafka', entryCount: 2 },
    ]);
    const [seen] = (await follow(orderId, ACCOUNTANT)).body.result.events;
    expect(seen?.entries).toHaveLength(2);
    expect(seen?.entries?.[0]?.lines[0]).toEqual({
      account: 'assets:receivables:tosspayments',
      side: 'debit',
      amount: '27000',
    });
  });

  it('finds nothing of an order that is not there', async () => {
    expectProblem(await follow('01a20922-e196-74ed-8da6-fc86128fb27e', ACCOUNTANT), 404, 'order_unknown');
  });

  async function settle(): Promise<void> {
    const knex = shop.database.runtime;
    const ledger = await createLedger({ knex, name: 'kimchi-mall' });
    const events = await readEvents(knex, 1n, 100);
    const place = { topic: 'jangbu.payment', partition: 0, consumer: SETTLEMENT_CONSUMER, fromOffset: 0n };
    const nextOffset = (events.at(-1)?.seq ?? 0n) + 1n;
    await ledger.applyBatches(settlementHandlers(ledger), [{ ...place, events, nextOffset }]);
    expect((await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
  }
});
