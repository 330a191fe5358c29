import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@jangbu/client';
import { expect } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/test-database.ts';
import {
  type ApiSeams,
  checkShop,
  prepareShop,
  type RunningApi,
  readConfig,
  SHOP_MIGRATIONS,
  SHOP_PRIVILEGES,
  startApi,
} from '../../src/index.ts';
import type { BodyAt } from './document-types.ts';

export interface Shop {
  readonly database: TestDatabase;
  readonly api: RunningApi;
  /** Whatever is sent, the answer is typed by what the document says of its address. */
  call<M extends string, Address extends string>(
    method: M,
    address: Address,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<BodyAt<M, Address>>>;
  /** The typed client of whomever these headers make the caller. It sends nothing twice. */
  client(headers?: Readonly<Record<string, string>>): Client;
  /** Checks out kimchi 1, 2 and 3, and returns the order's id. */
  order(): Promise<string>;
  confirm(
    orderId: string,
    paymentKey?: string,
    amount?: number,
  ): Promise<Answer<BodyAt<'POST', '/api/payments/confirm'>>>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: where the document says nothing, a test says by its expectations what it expects.
export interface Answer<Body = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
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
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
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
  const client: Shop['client'] = (headers = {}) =>
    createClient({ baseUrl: api.url, headers: () => headers, retries: 0 });
  return {
    database,
    api,
    call,
    client,
    async order() {
      return (await client().post('/api/check-out', { body: CHECK_OUT })).orderId;
    },
    confirm: (orderId, paymentKey = randomUUID(), amount = 38_000) =>
      call('POST', '/api/payments/confirm', { paymentKey, orderId, amount }),
    async close() {
      await api.close();
      try {
        await expectProven(database.admin);
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

/** What holds whatever a test did. Payments that it left open, it left to nobody. */
async function expectProven(admin: Knex): Promise<void> {
  const { findings } = await checkShop(admin, { settledBefore: new Date(0) });
  expect(findings).toEqual([]);
}
