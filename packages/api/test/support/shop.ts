import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/test-database.ts';
import {
  type ApiSeams,
  prepareShop,
  type RunningApi,
  readConfig,
  SHOP_MIGRATIONS,
  SHOP_PRIVILEGES,
  startApi,
} from '../../src/index.ts';

export interface Shop {
  readonly database: TestDatabase;
  readonly api: RunningApi;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Checks out kimchi 1, 2 and 3, and returns the order's id. */
  order(): Promise<string>;
  confirm(orderId: string, paymentKey?: string, amount?: number): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects.
  readonly body: any;
}

export interface ShopOptions extends ApiSeams {
  readonly environment?: Readonly<Record<string, string>>;
  /** What to put in the place of the database's URL, such as a proxy's. */
  readonly through?: (databaseUrl: string) => Promise<string>;
}

/** A shop on a database of its own; recovery and expiry come only when a test runs them. */
export async function openShop({ environment = {}, through, ...seams }: ShopOptions = {}): Promise<Shop> {
  const database = await createTestDatabase({ groups: SHOP_MIGRATIONS, privileges: SHOP_PRIVILEGES });
  await prepareShop(database.admin);
  const config = readConfig({
    DATABASE_URL: (await through?.(database.runtimeUrl)) ?? database.runtimeUrl,
    PORT: '0',
    RECOVERY_AFTER_MS: '3600000',
    RECOVERY_EVERY_MS: '3600000',
    WEBHOOKS_EVERY_MS: '3600000',
    ORDER_EXPIRY_EVERY_MS: '3600000',
    SHUTDOWN_GRACE_MS: '2000',
    ...environment,
  });
  const api = await startApi(config, { log: pino({ level: 'silent' }), ...seams });
  const call: Shop['call'] = async (method, path, body, headers = {}) => {
    const isRaw = typeof body === 'string';
    const response = await fetch(api.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return {
    database,
    api,
    call,
    async order() {
      const { body } = await call('POST', '/api/check-out', CHECK_OUT);
      return body.result.orderId;
    },
    confirm: (orderId, paymentKey = randomUUID(), amount = 38_000) =>
      call('POST', '/api/payments/confirm', { paymentKey, orderId, amount }),
    async close() {
      await api.close();
      try {
        await expectEventsToMatchPayments(database.admin);
      } finally {
        await database.drop();
      }
    },
  };
}

/** What production mode has to be given, beside its database. */
export const PRODUCTION = {
  JANGBU_MODE: 'production',
  PUBLIC_URL: 'https://shop.example',
  TOSS_SECRET_KEY: 'live_sk_1',
  NAVER_CLIENT_ID: 'naver-1',
  NAVER_CLIENT_SECRET: 'naver-secret-1',
  KAKAO_CLIENT_ID: 'kakao-1',
  KAKAO_CLIENT_SECRET: 'kakao-secret-1',
  TOKEN_ENCRYPTION_KEY: Buffer.alloc(32, 'key').toString('base64'),
};

export const CHECK_OUT = { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 };

export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, title: expect.any(String) });
  expect(answer.body.instance).toBe(answer.headers.get('x-request-id'));
}

/**
 * What holds whatever a test did: one event for each payment that is done, of its amount, and one for each cancel that is; its order is
 * paid, less what went back; no others. An order that was paid twice is a finding.
 */
async function expectEventsToMatchPayments(admin: Knex): Promise<void> {
  const [payments] = await admin.raw(
    `SELECT p.payment_key AS paymentKey, p.order_id AS orderId, CAST(p.amount AS CHAR) AS amount, o.status AS orderStatus,
            IF(f.kind IS NULL, p.open_order_id, p.order_id) AS openOrderId, CAST(p.refunded AS CHAR) AS refunded
       FROM payments AS p JOIN orders AS o ON o.order_id = p.order_id
       LEFT JOIN order_findings AS f ON f.payment_key = p.payment_key AND f.order_id = p.order_id AND f.kind = 'paid_twice'
      WHERE p.status = 'done' ORDER BY p.payment_key`,
  );
  const [cancels] = await admin.raw(
    `SELECT cancel_id AS cancelId, payment_key AS paymentKey, CAST(amount AS CHAR) AS amount
       FROM cancels WHERE status = 'done' ORDER BY cancel_id`,
  );
  const [events] = await admin.raw('SELECT event_type, payload FROM outbox ORDER BY aggregate_id');
  const told = { PaymentConfirmed: [] as Told[], PaymentCancelled: [] as Told[] };
  for (const { event_type: type, payload } of events as {
    event_type: keyof typeof told;
    payload: string;
  }[]) {
    const event = JSON.parse(payload) as Told;
    const sum = event.shares.reduce((total, share) => total + BigInt(share.amount), 0n);
    expect(sum.toString()).toBe(event.amount);
    told[type].push(event);
  }
  const toldCancels = told.PaymentCancelled.map(({ cancelId, paymentKey, amount }) => ({
    cancelId,
    paymentKey,
    amount,
  }));
  expect(toldCancels.sort(by('cancelId'))).toEqual(cancels);
  const toldPayments = told.PaymentConfirmed.map(({ paymentKey, orderId, amount }) => {
    const refunded = toldCancels
      .filter((cancel) => cancel.paymentKey === paymentKey)
      .reduce((sum, cancel) => sum + BigInt(cancel.amount), 0n);
    const left = BigInt(amount) - refunded;
    const orderStatus = refunded === 0n ? 'paid' : left === 0n ? 'cancelled' : 'partially_cancelled';
    return { paymentKey, orderId, amount, orderStatus, openOrderId: orderId, refunded: refunded.toString() };
  });
  expect(toldPayments.sort(by('paymentKey'))).toEqual(payments.sort(by('paymentKey')));
  const [[{ paid }]] = await admin.raw(
    `SELECT COUNT(DISTINCT o.order_id) AS paid FROM orders AS o LEFT JOIN payments AS p ON p.order_id = o.order_id
      WHERE o.status IN ('paid', 'partially_cancelled') OR (o.status = 'cancelled' AND p.refunded > 0)`,
  );
  expect(Number(paid)).toBe(new Set(payments.map(({ orderId }: { orderId: string }) => orderId)).size);
}

interface Told {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly cancelId: string;
  readonly amount: string;
  readonly shares: readonly { readonly amount: string }[];
}

function by<Key extends string>(key: Key) {
  return (a: Record<Key, string>, b: Record<Key, string>) => (a[key] < b[key] ? -1 : 1);
}
