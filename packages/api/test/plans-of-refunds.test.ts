import { randomUUID } from 'node:crypto';
import { openDatabase } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { lookUpPayments, recoverCancels } from '../src/cancels/cancel-recovery.ts';
import { sweep } from '../src/care/sweep.ts';
import { type Caller, ROLES } from '../src/http/caller.ts';
import { readStoredTokens } from '../src/log-in/identities-table.ts';
import { sealAnew } from '../src/vault/seal-anew.ts';
import { createVault } from '../src/vault/vault.ts';
import { deliverDue } from '../src/webhooks/deliver.ts';
import { readStoredSecrets } from '../src/webhooks/endpoints-table.ts';
import { feedPage } from '../src/webhooks/feed.ts';
import { fakeCancels } from './support/fake-cancels.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { answering, type Receiver, startReceiver } from './support/receiver.ts';
import { openShop, type Shop } from './support/shop.ts';
import { type StatementTap, tapStatements } from './support/statement-tap.ts';

const OPERATOR: Caller = { memberId: 1, roles: ROLES };
const SELLER_1: Caller = { memberId: 9, roles: ['buyer', 'seller'], sellerId: 1 };
const DAY_MS = 24 * 3_600_000;
const SANDBOX_KEY = Buffer.alloc(32, 'jangbu-sandbox');

/** As query-plans.test.ts of check-out and payment; here each statement is explained as it was sent. */
describe('the statements of refunds, webhooks and sweeps', () => {
  let shop: Shop;
  let tap: StatementTap;
  let knex: Knex;
  let receiver: Receiver;
  const cancels = fakeCancels();
  let caller = OPERATOR;
  beforeAll(async () => {
    receiver = await startReceiver();
    shop = await openShop({
      provider: fakeProvider(),
      cancels,
      credentials: { readCaller: () => caller },
      through: async (databaseUrl) => {
        tap = await tapStatements(databaseUrl);
        return tap.url;
      },
    });
    knex = openDatabase({ url: tap.url });
    await fill();
    tap.statements.length = 0;
  });
  afterAll(async () => {
    await knex.destroy();
    await shop.close();
    tap.close();
    await receiver.close();
  });

  it('go by an index', async () => {
    await refund();
    await tellOfIt();
    await sweep({ knex, clock: inDays(40) }, { batch: 20 });
    const asked = new Map(tap.statements.filter(isOfRows).map(({ sql }) => [shapeOf(sql), sql]));
    const scans: unknown[] = [];
    for (const sql of asked.values()) {
      const [plan] = await shop.database.admin.raw('EXPLAIN FORMAT=TRADITIONAL ??'.replace('??', () => sql));
      for (const step of plan as Step[])
        if (isScan(step)) scans.push({ sql: sql.slice(0, 300), table: step.table, key: step.key });
    }
    expect(scans).toEqual([]);
    // So many there are; fewer would mean that something was not asked.
    expect(asked.size).toBeGreaterThan(50);
  });

  const inDays = (days: number) => () => new Date(Date.now() + days * DAY_MS);
  const pay = async () => {
    const paymentKey = randomUUID();
    await shop.confirm(await shop.order(), paymentKey);
    return paymentKey;
  };
  const cancel = (paymentKey: string, more: object = {}, headers = {}) =>
    shop.call('POST', `/api/payments/${paymentKey}/cancel`, { cancelReason: 'why', ...more }, headers);

  async function refund(): Promise<void> {
    const context = {
      knex,
      clock: inDays(1),
      provider: fakeProvider(),
      cancels,
      newCancelId: (now: Date) => v7({ msecs: now.getTime() }),
      recoveryAfterMs: 0,
      failPoint: () => {},
      log: pino({ level: 'silent' }),
    };
    const paymentKey = await pay();
    const key = { 'Idempotency-Key': randomUUID() };
    await cancel(paymentKey, { cancelAmount: 100 }, key);
    await cancel(paymentKey, { cancelAmount: 100 }, key);
    cancels.next.push({ outcome: 'refused', refusal: { code: 'X', message: 'x' } }, { outcome: 'not_sent' });
    await cancel(paymentKey, { cancelAmount: 100 });
    await cancel(paymentKey, { cancelAmount: 100 });
    cancels.next.push({ outcome: 'unknown' });
    expect((await cancel(paymentKey, { cancelAmount: 100 })).status).toBe(202);
    expect(await recoverCancels(context)).toEqual(['done']);
    cancels.giveBack(paymentKey, 1_000n);
    await shop.call('POST', '/webhooks/toss', { data: { paymentKey } });
    expect(await lookUpPayments(context)).toBe(1);
    for (const who of [OPERATOR, SELLER_1]) {
      caller = who;
      expect((await shop.call('GET', `/api/payments/${paymentKey}`)).status).toBe(200);
    }
    caller = OPERATOR;
    expect((await cancel(paymentKey)).body.result.refundable).toBe(0);
  }

  async function tellOfIt(): Promise<void> {
    const vault = createVault([SANDBOX_KEY]);
    const context = { knex, clock: inDays(0), log: pino({ level: 'silent' }), vault, random: () => 0 };
    const round = async () => {
      while (await feedPage(context));
      return deliverDue({ ...context, reach: { isAnywhere: true }, failPoint: () => {} });
    };
    const { endpointId } = (await shop.call('POST', '/api/webhook-endpoints', { url: receiver.url })).body
      .result;
    const path = `/api/webhook-endpoints/${endpointId}`;
    await shop.call('PATCH', path, { description: 'ours' });
    await shop.call('POST', `${path}/rotate-secret`);
    await shop.call('POST', `${path}/ping`);
    await pay();
    receiver.next.push(answering(500), answering(410));
    await round();
    await round();
    await shop.call('PATCH', path, { status: 'active' });
    await shop.call('POST', `${path}/replay`, { fromSeq: '1' });
    while ((await round()) > 0);
    for (const query of ['', '?status=dead', '?limit=2'])
      await shop.call('GET', `${path}/deliveries${query}`);
    const page = (await shop.call('GET', `${path}/deliveries?limit=1`)).body.result;
    await shop.call('GET', `${path}/deliveries?limit=1&cursor=${page.nextCursor}`);
    const one = `${path}/deliveries/${page.items[0].deliveryId}`;
    expect((await shop.call('GET', one)).body.result.attempts.length).toBeGreaterThan(0);
    await shop.call('POST', `${one}/redeliver`);
    await shop.call('GET', path);
    for (const who of [OPERATOR, SELLER_1]) {
      caller = who;
      await shop.call('GET', '/api/webhook-endpoints?limit=3');
    }
    caller = OPERATOR;
    const fresh = createVault([Buffer.alloc(32, 'new'), SANDBOX_KEY]);
    for (const storedSecrets of [() => readStoredSecrets(knex), () => readStoredTokens(knex)])
      await sealAnew({ vault: fresh, storedSecrets });
  }

  /** So much of everything that a scan would be worth avoiding. */
  async function fill(): Promise<void> {
    const { admin } = shop.database;
    for (let count = 0; count < 60; count++) await cancel(await pay(), { cancelAmount: 100 });
    const rows = `(WITH RECURSIVE n AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM n WHERE n < 900) SELECT n FROM n) AS n`;
    for (const insert of [
      `INSERT INTO webhook_endpoints (endpoint_id, seller_id, created_by, url, event_types, description, status, secret, created_at)
       SELECT UUID(), n MOD 4 + 1, 1, 'https://merchant.example/', '[]', '', 'disabled', 'x', NOW(6) FROM ${rows}`,
      `INSERT INTO webhook_deliveries (endpoint_id, event_id, outbox_seq, aggregate_id, event_type, body, status, due_at, created_at, finished_at)
       SELECT 'some', UUID(), n, CONCAT('a', n), 'ping', '{}', ELT(n MOD 3 + 1, 'delivered', 'dead', 'waiting'), NOW(6) + INTERVAL 9 DAY,
              NOW(6), IF(n MOD 3 = 2, NULL, NOW(6) + INTERVAL n HOUR) FROM ${rows}`,
      `INSERT INTO webhook_attempts (delivery_id, attempted_at, took_ms) SELECT delivery_id, NOW(6), 1 FROM webhook_deliveries`,
      `INSERT INTO sessions (session_digest, member_id, created_at, last_seen_at, expires_at, ends_at)
       SELECT UNHEX(SHA2(n, 256)), 1, NOW(6), NOW(6), NOW(6) + INTERVAL n HOUR, NOW(6) + INTERVAL n HOUR FROM ${rows}`,
      `INSERT INTO log_in_attempts (state_digest, browser_digest, provider, return_to, expires_at)
       SELECT UNHEX(SHA2(n, 256)), UNHEX(SHA2(n, 256)), 'naver', '/', NOW(6) + INTERVAL n HOUR FROM ${rows}`,
      `INSERT INTO carts (token_digest, created_at, expires_at)
       SELECT UNHEX(SHA2(n, 256)), NOW(6), NOW(6) + INTERVAL n HOUR FROM ${rows}`,
      `INSERT IGNORE INTO carts (member_id, created_at) SELECT n + 50, NOW(6) FROM ${rows}`,
      `INSERT INTO cart_items (cart_id, product_id, quantity, added_at) SELECT cart_id, 1, 1, NOW(6) FROM carts`,
      `INSERT INTO member_identities (provider, subject, member_id, linked_at, access_token, access_expires_at)
       SELECT 'naver', n + 9000, n + 9000, NOW(6), 'x', NOW(6) FROM ${rows}`,
      `INSERT INTO idempotency_keys (member_id, operation, idempotency_key, fingerprint, created_at)
       SELECT 1, 'old', n, UNHEX(SHA2(n, 256)), NOW(6) + INTERVAL n HOUR FROM ${rows}`,
    ])
      await admin.raw(insert);
    await admin.raw(
      `ANALYZE TABLE orders, payments, cancels, webhook_endpoints, webhook_deliveries, webhook_attempts, outbox_readers, sessions,
         log_in_attempts, carts, cart_items, idempotency_keys, member_identities, members, outbox`,
    );
  }
});

interface Step {
  readonly select_type: string;
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
}

/** Tables that are made on the way are read whole, as they are meant to be; so is what VALUES says. */
function isScan({ select_type: kind, table, type }: Step): boolean {
  if (table === null || table.startsWith('<') || kind === 'INSERT') return false;
  return type === 'ALL' || type === 'index';
}

function isOfRows({ sql }: { readonly sql: string }): boolean {
  return /^(SELECT|INSERT|UPDATE|DELETE)/.test(sql) && !/_LOCK\(|SHA2\(DATABASE/.test(sql);
}

/** A statement without its values, so that each is explained once. */
function shapeOf(sql: string): string {
  return sql.replaceAll(/'(?:[^'\\]|\\.)*'|\b\d+\b|\bX'[0-9A-F]*'/g, '?').replaceAll(/\?(, ?\?)+/g, '?');
}
