import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { appendEvents, inTransaction, openDatabase, paymentConfirmedEvent } from '@jangbu/ledger-core';
import { v7 } from 'uuid';
import { createNaiveLedger } from '../bench/naive-table.ts';
import { settlements } from '../bench/workloads.ts';

/**
 * A small till, as the lessons' services were: `POST /pay` records a payment and has it settled, in the way that TILL_WAY names. It is
 * a process of its own, so that what it does to itself is seen.
 */
const {
  TILL_WAY: way = '',
  TILL_PORT: port = '0',
  TILL_PRICE_URL: priceUrl = '',
  TILL_DATABASE_URL: databaseUrl = '',
} = process.env;
const knex = openDatabase({ url: databaseUrl, poolSize: 16 });
const workload = settlements(`till-${process.pid}`);
const naive = way === 'price-inline' ? undefined : await createNaiveLedger(knex, workload);
let index = 0;
let settledCount = 0;

const WAYS: Readonly<Record<string, () => Promise<void>>> = {
  /** Step 2: the settlement's statements stand in the payment's transaction. */
  async 'one-transaction'() {
    const entry = workload.entry(index++);
    await knex.transaction(
      async (trx) => {
        await insertPayment(trx, v7());
        await naive?.postIn(trx, entry);
      },
      { isolationLevel: 'read committed' },
    );
    settledCount += 1;
  },
  /** Step 4: the payment commits and is answered; an event in the same process has it settled afterwards. */
  async 'in-process'() {
    await insertPayment(knex, v7());
    const entry = workload.entry(index++);
    setImmediate(() => {
      naive?.post(entry).then(
        () => (settledCount += 1),
        () => {},
      );
    });
  },
  /** Step 5: an outbox row commits with the payment, and another process settles it. */
  async outbox() {
    const paymentKey = v7();
    const seller = `${(index++ % 5) + 1}`;
    await inTransaction(knex, async (trx) => {
      await insertPayment(trx, paymentKey);
      const amount = '38000';
      const approvedAt = new Date();
      const payment = {
        paymentKey,
        orderId: paymentKey,
        currency: 'KRW',
        amount,
        approvedAt: approvedAt.toISOString(),
        shares: [{ sellerId: seller, amount }],
      };
      await appendEvents(trx, [paymentConfirmedEvent(payment, {})], approvedAt);
    });
  },
  /** Before step 6: the price elsewhere is asked for on the way, and waited for. */
  async 'price-inline'() {
    await insertPayment(knex, v7());
    const response = await fetch(
      `${priceUrl}/v1/search/shop.json?query=%ED%8F%AC%EA%B8%B0%EA%B9%80%EC%B9%98`,
      {
        headers: { 'X-Naver-Client-Id': 'lesson', 'X-Naver-Client-Secret': 'secret' },
      },
    );
    await response.arrayBuffer();
  },
};

async function insertPayment(db: typeof knex, paymentKey: string): Promise<void> {
  await db.raw('INSERT INTO lesson_payments (payment_key, amount, paid_at) VALUES (?, 38000, NOW(6))', [
    paymentKey,
  ]);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/pay') await WAYS[way]?.();
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ settledCount, residentMb: process.memoryUsage.rss() / 2 ** 20 }));
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => {
    response.statusCode = 500;
    response.end();
  });
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
