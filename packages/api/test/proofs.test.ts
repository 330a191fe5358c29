import { createLedger, type Finding } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkShop } from '../src/index.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';

const DONGCHIMI = 12;

/** Each fault is made by hand, found, and rolled back. */
describe('the proof of the shop', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let passedMs = 0;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, clock: () => new Date(Date.now() + passedMs) });
    shop = await openShop({ environment: { SANDBOX_URL: sandbox.url } });
    await pay('paid');
    await pay('refunded');
    for (const cancelAmount of [9_000, 4_000]) {
      passedMs += 1_000;
      const cancel = { cancelReason: '단순 변심', cancelAmount };
      expect((await shop.call('POST', '/api/payments/refunded/cancel', cancel)).status).toBe(200);
    }
    await shop.order();
    await pay('stocked', [DONGCHIMI, DONGCHIMI], 35_000);
    await checkOut([DONGCHIMI]);
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });

  async function checkOut(kimchiIds: readonly number[] = [1, 2, 3]): Promise<string> {
    return (await shop.call('POST', '/api/check-out', { ...CHECK_OUT, kimchiIds })).body.result.orderId;
  }
  async function pay(paymentKey: string, kimchiIds?: readonly number[], amount = 38_000) {
    const order = { orderId: await checkOut(kimchiIds), memberId: 1, amount, paymentKey };
    expect((await shop.call('POST', '/test/confirm', order)).status).toBe(200);
  }

  it('finds nothing where all is well, and says how much it looked at', async () => {
    const ledger = await createLedger({ knex: shop.database.admin, name: 'kimchi-mall', mustExist: true });
    const verification = await ledger.verify({ further: [checkShop] });
    expect(verification.findings).toEqual([]);
    expect(verification.checked).toMatchObject({ orders: 5, payments: 3, cancels: 2, events: 5 });
  });

  const order = (change: string, paymentKey = 'paid') =>
    `UPDATE orders SET ${change} WHERE order_id = (SELECT order_id FROM payments WHERE payment_key = '${paymentKey}')`;
  const payment = (change: string, paymentKey = 'paid') =>
    `UPDATE payments SET ${change} WHERE payment_key = '${paymentKey}'`;
  const cancel = (change: string) => `UPDATE cancels SET ${change} WHERE amount = 4000`;
  const stock = (change: string) => `UPDATE product_stocks SET ${change} WHERE product_id = ${DONGCHIMI}`;
  const tell = (type: string, key: string, payload: object) =>
    `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, event_type, event_version, payload, created_at)
     VALUES (UUID(), 'payment', '${key}', '${type}', 1, '${JSON.stringify(payload)}', NOW(6))`;
  const paid = { amount: '38000' };

  type Fault = readonly [
    name: string,
    sql: readonly string[],
    findings: readonly (readonly [number, RegExp])[],
  ];
  const FAULTS: readonly Fault[] = [
    [
      'an order that its lines do not add up to',
      [order('amount = 38001'), payment('amount = 38001')],
      [
        [6, /^order .*: costs 38001, and its lines 38000$/],
        [6, /^outbox .*: tells of payment paid as of 38000, which is of 38001$/],
      ],
    ],
    [
      'a paid order without a payment',
      [`UPDATE orders SET status = 'paid' WHERE status = 'awaiting_payment' AND amount = 38000`],
      [[6, /^order .*: is paid, and no payment of it is done$/]],
    ],
    [
      'a payment of an order that is not there',
      [payment(`order_id = 'none'`)],
      [[6, /^payment paid: is of an order that is not there$/]],
    ],
    [
      'a payment of another amount',
      [payment('amount = 37000')],
      [
        [6, /^payment paid: is of 37000, and its order of 38000$/],
        [6, /^outbox .*: tells of payment paid as of 38000, which is of 37000$/],
      ],
    ],
    [
      'an order that is not what its payment made of it',
      [order(`status = 'expired'`)],
      [[6, /^payment paid: is done, with 0 of 38000 given back, and its order is expired$/]],
    ],
    [
      'a done payment that does not have its order',
      [payment('open_order_id = NULL')],
      [
        [6, /^order .*: is paid, and no payment/],
        [6, /^payment paid: is done, and does not have its order$/],
      ],
    ],
    [
      'a payment that nobody recovers',
      [
        order(`status = 'awaiting_payment'`),
        payment(`status = 'confirming', recover_at = NOW(6) - INTERVAL 1 DAY`),
      ],
      [
        [6, /^payment paid: waits for recovery since /],
        [6, /^outbox .*: tells of payment paid, which is not done$/],
      ],
    ],
    [
      'a payment under way whose order was let go',
      [order(`status = 'expired'`), payment(`status = 'confirming'`)],
      [
        [6, /^payment paid: is confirming, and its order is expired$/],
        [6, /^outbox .*: tells of payment paid, which is not done$/],
      ],
    ],
    [
      'a refused payment that keeps its order',
      [payment(`status = 'refused'`)],
      [
        [6, /^order .*: is paid, and no payment/],
        [6, /^payment paid: is refused, and still has its order$/],
        [6, /^outbox .*: tells of payment paid, which is not done$/],
      ],
    ],
    [
      'more given back than the cancels say',
      [payment('refunded = 14000', 'refunded')],
      [[6, /^payment refunded: has given back 14000, and its cancels 13000$/]],
    ],
    [
      'a cancel that begins where none ended',
      [cancel('refundable = 28000')],
      [[6, /^cancel .*: begins at 28000, where 29000 was left$/]],
    ],
    [
      'a cancel whose sellers give back less',
      [cancel(`shares = '[{"sellerId": "1", "amount": "3999"}]'`)],
      [[6, /^cancel .*: gives back 4000, and its sellers 3999$/]],
    ],
    [
      'a cancel that nobody recovers',
      [
        cancel(`status = 'cancelling', recover_at = NOW(6) - INTERVAL 1 DAY`),
        payment('refunded = 9000', 'refunded'),
      ],
      [
        [6, /^cancel .*: waits for recovery since /],
        [6, /^outbox .*: tells of cancel .*, which is not done$/],
      ],
    ],
    [
      'a payment that nobody was told of',
      [payment(`payment_key = 'untold'`)],
      [
        [6, /^payment untold: is done, and no PaymentConfirmed tells of it$/],
        [6, /^outbox .*: tells of payment paid, which is not done$/],
      ],
    ],
    [
      'a payment that was told of twice',
      [tell('PaymentConfirmed', 'paid', paid)],
      [[6, /^outbox .*: tells of payment paid, as 1 others do$/]],
    ],
    [
      'an event of no payment',
      [tell('PaymentConfirmed', 'invented', paid)],
      [[6, /^outbox .*: tells of payment invented, which is not done$/]],
    ],
    [
      'an event of no cancel',
      [tell('PaymentCancelled', 'paid', { cancelId: 'invented', amount: '1' })],
      [[6, /^outbox .*: tells of cancel invented, which is not done$/]],
    ],
    [
      'a cancel that nobody was told of',
      [cancel(`cancel_id = 'untold'`)],
      [
        [6, /^cancel untold: is done, and no PaymentCancelled tells of it$/],
        [6, /^outbox .*: tells of cancel .*, which is not done$/],
      ],
    ],
    [
      'stock that nobody has reserved',
      [stock('reserved = reserved + 1, available = available - 1')],
      [[10, /^kimchi 12: 2 are reserved, and orders say 1$/]],
    ],
    [
      'stock that nobody has bought',
      [stock('sold = sold + 1, available = available - 1')],
      [[10, /^kimchi 12: 3 are sold, and orders say 2$/]],
    ],
    [
      'stock that is sold beyond what was there, and no finding of it',
      [stock('oversold = 1, available = available + 1')],
      [[10, /^kimchi 12: 1 are oversold, and orders say 0$/]],
    ],
    [
      'stock of which there is no record',
      [`DELETE FROM product_stocks WHERE product_id = ${DONGCHIMI}`],
      [[10, /^kimchi 12: orders hold 3, and it has no stock$/]],
    ],
  ];

  it.each(FAULTS)('finds %s', async (_name, sql, expected) => {
    const told = (await findingsAfter(sql)).map(
      ({ invariant, where, detail }) => [invariant, `${where}: ${detail}`] as const,
    );
    expect(told).toEqual(expected.map(([invariant, text]) => [invariant, expect.stringMatching(text)]));
  });

  /** What is found of what the statements have done, which is undone then. */
  async function findingsAfter(sql: readonly string[]): Promise<readonly Finding[]> {
    const trx = await shop.database.admin.transaction();
    try {
      for (const statement of sql) await trx.raw(statement);
      return (await checkShop(trx, { settledBefore: new Date() })).findings;
    } finally {
      await trx.rollback();
    }
  }
});
