import { acquireLeaderLock } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { careLockName } from '../src/care/care-table.ts';
import { sweep, sweepAlone } from '../src/care/sweep.ts';
import { callingAs } from './support/callers.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { openShop, PRODUCTION, type Shop } from './support/shop.ts';

const DAY_MS = 24 * 3_600_000;
/** The tables before the last. */
const SWEPT_BEFORE = 4;

describe('the sweep', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), credentials: callingAs, environment: PRODUCTION });
  });
  afterAll(() => shop.close());

  const inDays = (days: number) => ({
    knex: shop.database.runtime,
    clock: () => new Date(Date.now() + days * DAY_MS),
  });
  const count = async (what: string) =>
    Number((await shop.database.admin.raw(`SELECT COUNT(*) AS n FROM ${what}`))[0][0].n);
  const put = (kimchiId: number, headers: Record<string, string>) =>
    shop.call('PUT', `/api/cart/items/${kimchiId}`, { quantity: 1 }, headers);
  const insertDelivery = (status: string, finishedAt: string) =>
    shop.database.admin.raw(
      `INSERT INTO webhook_deliveries (endpoint_id, event_id, outbox_seq, aggregate_id, event_type, body, status, due_at, created_at,
                                       finished_at)
       VALUES (UUID(), UUID(), 1, 'a', 'ping', '{}', ?, NOW(6), NOW(6), ${finishedAt})`,
      [status],
    );

  it('deletes visitors’ carts a month after something was put in, and never a member’s', async () => {
    await put(1, { 'X-Caller': 'buyer 20' });
    for (let visitors = 0; visitors < 5; visitors++) await put(1, {});
    const kept = await put(2, {});
    const cookie = { Cookie: kept.headers.get('set-cookie')?.split(';')[0] ?? '' };
    await shop.database.admin.raw('UPDATE carts SET expires_at = expires_at - INTERVAL 5 DAY');
    await put(3, cookie);
    expect(await sweep(inDays(24))).not.toHaveProperty('carts');
    expect(await sweep(inDays(26), { batch: 2 })).toMatchObject({ carts: 5 });
    const { body } = await shop.call('GET', '/api/cart', undefined, cookie);
    expect(body.result.items).toHaveLength(2);
    expect(await count('cart_items WHERE cart_id NOT IN (SELECT cart_id FROM carts)')).toBe(0);
    expect(
      (await shop.call('GET', '/api/cart', undefined, { 'X-Caller': 'buyer 20' })).body.result.items,
    ).toHaveLength(1);
  });

  it('deletes webhooks a month after they got through or were given up, with their attempts, and none that waits', async () => {
    for (const status of ['delivered', 'dead']) await insertDelivery(status, 'NOW(6)');
    await insertDelivery('waiting', 'NULL');
    await shop.database.admin.raw(
      'INSERT INTO webhook_attempts (delivery_id, attempted_at, took_ms) SELECT delivery_id, NOW(6), 1 FROM webhook_deliveries',
    );
    expect(await sweep(inDays(29))).not.toHaveProperty('webhook_deliveries');
    expect(await sweep(inDays(31), { batch: 1 })).toMatchObject({ webhook_deliveries: 2 });
    expect(await count(`webhook_deliveries WHERE status = 'waiting'`)).toBe(1);
    expect(await count('webhook_attempts')).toBe(1);
  });

  it('is done by one process at a time', async () => {
    const { runtime } = shop.database;
    // The API itself may be at it.
    const lock = await acquireLeaderLock(runtime, await careLockName(runtime), 5_000);
    expect(await sweepAlone(inDays(0))).toBeUndefined();
    await lock?.release();
    await waitFor('it to be free', async () => (await sweepAlone(inDays(0))) !== undefined);
  });

  it('stops between two batches when the process does', async () => {
    for (let made = 0; made < 4; made++) await insertDelivery('delivered', 'NOW(6)');
    let asked = 0;
    const isStopping = () => asked++ >= SWEPT_BEFORE + 2;
    expect(await sweep(inDays(31), { batch: 1, isStopping })).toEqual({ webhook_deliveries: 2 });
  });
});
