import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveOutbox, extendOutbox, readReaders, trimOutbox } from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type Caller, ROLES } from '../src/http/caller.ts';
import { sealAnew } from '../src/vault/seal-anew.ts';
import { createVault } from '../src/vault/vault.ts';
import { type DeliverContext, deliverDue } from '../src/webhooks/deliver.ts';
import { readStoredSecrets } from '../src/webhooks/endpoints-table.ts';
import { feedPage } from '../src/webhooks/feed.ts';
import { MOST_ATTEMPTS } from '../src/webhooks/retry.ts';
import { post } from '../src/webhooks/send.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { answering, isSignedBy, type Receiver, startReceiver } from './support/receiver.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const OPERATOR: Caller = { memberId: 1, roles: ROLES };
const SELLER_2: Caller = { memberId: 8, roles: ['seller'], sellerId: 2 };
const HOUR_MS = 3_600_000;
const SANDBOX_KEY = Buffer.alloc(32, 'jangbu-sandbox');

describe('webhooks', () => {
  let shop: Shop;
  let receiver: Receiver;
  let caller = OPERATOR;
  let passedMs = 0;
  const clock = () => new Date(Date.now() + passedMs);
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), credentials: { readCaller: () => caller }, clock });
  });
  beforeEach(async () => {
    caller = OPERATOR;
    receiver = await startReceiver();
  });
  afterEach(async () => {
    // What a test has left is no other's.
    await shop.database.admin.raw(`UPDATE webhook_endpoints SET status = 'disabled'`);
    await shop.database.admin.raw(`UPDATE webhook_deliveries SET status = 'dead' WHERE status = 'waiting'`);
    await receiver.close();
  });
  afterAll(() => shop.close());

  const context = (): DeliverContext => ({
    knex: shop.database.runtime,
    clock,
    log: pino({ level: 'silent' }),
    reach: { isAnywhere: true },
    failPoint: () => {},
    random: () => 0,
    vault: createVault([SANDBOX_KEY]),
  });
  /** One round of both jobs, as the API does it. */
  const round = async () => {
    while (await feedPage(context()));
    return deliverDue(context());
  };
  const rounds = async () => {
    while ((await round()) > 0);
  };
  const create = async (more: object = {}) => {
    const answer = await shop.call('POST', '/api/webhook-endpoints', {
      url: `${receiver.url}/hooks`,
      ...more,
    });
    expect(answer.status).toBe(201);
    await round();
    return answer.body.result;
  };
  const at = (endpointId: string, path = '') => `/api/webhook-endpoints/${endpointId}${path}`;
  const pay = async (paymentKey = randomUUID()) => {
    await shop.confirm(await shop.order(), paymentKey);
    return paymentKey;
  };
  const deliveries = async (endpointId: string, query = '') =>
    (await shop.call('GET', at(endpointId, `/deliveries${query}`))).body.result.items;

  it('tell of a payment, signed, in the form that is documented', async () => {
    const { secret, endpointId } = await create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const paymentKey = await pay();
    await rounds();
    expect(receiver.received).toHaveLength(1);
    const [told] = receiver.received;
    if (told === undefined) throw new Error('nothing came');
    expect(told.path).toBe('/hooks');
    expect(told.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(isSignedBy(secret, told)).toBe(true);
    expect(isSignedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, told)).toBe(false);
    expect(told.body).toEqual({
      type: 'payment.confirmed',
      version: 1,
      timestamp: '2026-03-01T03:00:00.000Z',
      seq: expect.stringMatching(/^\d+$/),
      data: {
        paymentKey,
        orderId: expect.any(String),
        currency: 'KRW',
        amount: '38000',
        approvedAt: '2026-03-01T03:00:00.000Z',
        shares: [
          { sellerId: '1', amount: '27000' },
          { sellerId: '2', amount: '11000' },
        ],
      },
    });
    expect(await deliveries(endpointId)).toMatchObject([
      { webhookId: told.headers['webhook-id'], status: 'delivered', attemptCount: 1, reason: 'HTTP 204' },
    ]);
  });

  it('tell a seller of its own part and of nobody else’s, and of types that it asked for', async () => {
    caller = SELLER_2;
    await create({ eventTypes: ['payment.confirmed'] });
    await create({ eventTypes: ['payment.cancelled'], url: `${receiver.url}/cancels` });
    caller = OPERATOR;
    const paymentKey = await pay();
    await rounds();
    expect(receiver.received.map(({ body }) => body.data)).toEqual([
      {
        orderId: expect.any(String),
        sellerId: '2',
        currency: 'KRW',
        amount: '11000',
        approvedAt: expect.any(String),
      },
    ]);
    expect(receiver.received[0]?.text).not.toContain(paymentKey);
    caller = SELLER_2;
    expectProblem(
      await shop.call('POST', '/api/webhook-endpoints', { url: receiver.url, sellerId: 1 }),
      404,
      'seller_unknown',
    );
  });

  it('of one seller are a hundred at most, also where several are made or enabled at once', async () => {
    caller = { ...SELLER_2, sellerId: 1 };
    const ids: string[] = [];
    while (ids.length < 98) ids.push((await create()).endpointId);
    const [first = '', second = ''] = ids;
    await shop.call('PATCH', at(first), { status: 'disabled' });
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () =>
        shop.call('POST', '/api/webhook-endpoints', { url: `${receiver.url}/hooks` }),
      ),
      shop.call('PATCH', at(first), { status: 'active' }),
    ]);
    const refused = answers.filter(({ status }) => status >= 400);
    expect(refused).toHaveLength(3);
    for (const answer of refused) expectProblem(answer, 409, 'endpoint_limit');
    await shop.call('PATCH', at(second), { status: 'disabled' });
    expect((await shop.call('POST', '/api/webhook-endpoints', { url: receiver.url })).status).toBe(201);
    caller = OPERATOR;
    await create();
  });

  it('are changed by two at once without undoing each other', async () => {
    const { endpointId } = await create();
    for (let round = 0; round < 10; round++) {
      const changes = { description: `round ${round}`, url: `${receiver.url}/round-${round}` };
      await Promise.all(
        Object.entries(changes).map(([field, value]) =>
          shop.call('PATCH', at(endpointId), { [field]: value }),
        ),
      );
      expect((await shop.call('GET', at(endpointId))).body.result).toMatchObject(changes);
    }
  });

  it('are sent again until they get through, with the same id and body, and other signatures’ time', async () => {
    const { endpointId } = await create();
    receiver.next.push(answering(500), answering(302), (response) => response.destroy());
    await pay();
    await rounds();
    for (const waited of [5_000, 30_000, 120_000]) {
      expect(await round()).toBe(0);
      passedMs += waited + 1_000;
      await round();
    }
    expect(receiver.received).toHaveLength(4);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
    const [delivery] = await deliveries(endpointId, '?status=delivered');
    const { body } = await shop.call('GET', at(endpointId, `/deliveries/${delivery.deliveryId}`));
    const attempts = body.result.attempts.map((attempt: { httpStatus: number; error: string }) => [
      attempt.httpStatus,
      attempt.error,
    ]);
    expect(attempts).toEqual([
      [204, null],
      [null, 'ECONNRESET'],
      [302, null],
      [500, null],
    ]);
  });

  it('keep the order of a payment, and let no other wait for it', async () => {
    await create();
    const [first, second] = [await pay(), await pay()];
    await shop.database.admin.raw(
      `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, event_type, event_version, payload, created_at)
       SELECT ?, aggregate_type, aggregate_id, event_type, event_version, payload, created_at FROM outbox WHERE aggregate_id = ?`,
      [randomUUID(), first],
    );
    receiver.next.push(answering(503));
    await rounds();
    passedMs += 2_000;
    await rounds();
    const told = () => receiver.received.map(({ body }) => body.data.paymentKey);
    expect(told()).toEqual([first, second]);
    passedMs += 10_000;
    await rounds();
    expect(told()).toEqual([first, second, first, first]);
    const seqs = receiver.received.slice(2).map(({ body }) => BigInt(body.seq));
    expect(seqs[0] !== undefined && seqs[1] !== undefined && seqs[0] < seqs[1]).toBe(true);
    await shop.database.admin.raw('DROP TRIGGER outbox_refuse_delete');
    await shop.database.admin.raw('DELETE FROM outbox ORDER BY seq DESC LIMIT 1');
  });

  it('are given up after more than a day, and the endpoint with them, with the reason', async () => {
    const { endpointId } = await create();
    await pay();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      receiver.next.push(answering(500));
      await round();
      passedMs += 15 * HOUR_MS;
    }
    expect(receiver.received).toHaveLength(MOST_ATTEMPTS);
    expect(await deliveries(endpointId)).toMatchObject([{ status: 'dead', reason: 'HTTP 500' }]);
    const { body } = await shop.call('GET', at(endpointId));
    expect(body.result).toMatchObject({
      status: 'disabled',
      disabledReason: `nothing got through for ${MOST_ATTEMPTS} attempts: HTTP 500`,
    });
    await pay();
    expect(await round()).toBe(0);
    expectProblem(await shop.call('POST', at(endpointId, '/ping')), 409, 'endpoint_disabled');

    // Made active again, it is told of what it missed by a replay.
    const active = await shop.call('PATCH', at(endpointId), { status: 'active' });
    expect(active.body.result).toMatchObject({ status: 'active', disabledReason: null, failingSince: null });
    const since = new Date(Date.now() + passedMs - 300 * HOUR_MS).toISOString();
    const replayed = await shop.call('POST', at(endpointId, '/replay'), { since });
    expect(replayed).toMatchObject({ status: 202 });
    await rounds();
    expect(await deliveries(endpointId, '?status=delivered')).toHaveLength(
      Math.min(20, replayed.body.result.queued),
    );
  });

  it('end at once where the receiver says that it is gone', async () => {
    const { endpointId } = await create();
    receiver.next.push(answering(410));
    await pay();
    await round();
    const { body } = await shop.call('GET', at(endpointId));
    expect(body.result).toMatchObject({
      status: 'disabled',
      disabledReason: 'its receiver is gone: HTTP 410',
    });
  });

  it('are signed by two secrets while one is rotated', async () => {
    const { endpointId, secret: old } = await create();
    const { body } = await shop.call('POST', at(endpointId, '/rotate-secret'));
    const { secret, oldSecretUntil } = body.result;
    expect(Date.parse(oldSecretUntil) - clock().getTime()).toBeGreaterThan(23 * HOUR_MS);
    await shop.call('POST', at(endpointId, '/ping'));
    await rounds();
    passedMs += 25 * HOUR_MS;
    await shop.call('POST', at(endpointId, '/ping'));
    await rounds();
    const signed = receiver.received.map((one) => [isSignedBy(secret, one), isSignedBy(old, one)]);
    expect(signed).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(receiver.received[0]?.body).toMatchObject({ type: 'ping', seq: null, data: {} });
  });

  it('keep their secrets where the database cannot read them, and give the first answers again', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const made = await shop.call('POST', '/api/webhook-endpoints', { url: receiver.url }, key);
    const again = await shop.call('POST', '/api/webhook-endpoints', { url: receiver.url }, key);
    expect(again.body).toEqual(made.body);
    const { endpointId, secret } = made.body.result;
    const rotate = () => shop.call('POST', at(endpointId, '/rotate-secret'), undefined, key);
    const rotated = await rotate();
    expect((await rotate()).body).toEqual(rotated.body);
    const ping = () => shop.call('POST', at(endpointId, '/ping'), undefined, key);
    expect((await ping()).body).toEqual((await ping()).body);
    await round();
    // One rotation and one ping were made, so the very first secret still signs.
    expect(receiver.received.map((one) => isSignedBy(secret, one))).toEqual([true]);
    const stored = JSON.stringify([
      await shop.database.admin.raw('SELECT HEX(secret) AS s, HEX(old_secret) AS o FROM webhook_endpoints'),
      await shop.database.admin.raw('SELECT HEX(answer) AS a FROM idempotency_keys'),
    ]);
    for (const one of [secret, rotated.body.result.secret]) {
      const bytes = Buffer.from(one.slice('whsec_'.length), 'base64');
      for (const written of [bytes, Buffer.from(bytes.toString('base64')), Buffer.from(one)])
        expect(stored).not.toContain(written.toString('hex').toUpperCase());
    }
  });

  it('wait while no key opens their secret, and are sealed anew when a key is replaced', async () => {
    const { endpointId, secret } = await create();
    await shop.call('POST', at(endpointId, '/rotate-secret'));
    await shop.call('POST', at(endpointId, '/ping'));
    const [NEW, LOST] = [Buffer.alloc(32, 'new'), Buffer.alloc(32, 'lost')];
    const deliverWith = (...keys: Buffer[]) => deliverDue({ ...context(), vault: createVault(keys) });
    expect(await deliverWith(LOST)).toBe(0);
    passedMs += HOUR_MS;
    const vault = createVault([NEW, SANDBOX_KEY]);
    const storedSecrets = () => readStoredSecrets(shop.database.runtime);
    const { sealed, lost } = await sealAnew({ vault, storedSecrets });
    expect({ lost, any: sealed >= 2 }).toEqual({ lost: 0, any: true });
    expect(await sealAnew({ vault, storedSecrets })).toEqual({ sealed: 0, lost: 0 });
    expect(await deliverWith(NEW)).toBe(1);
    expect(receiver.received.map((one) => isSignedBy(secret, one))).toEqual([true]);
    await sealAnew({ vault: createVault([SANDBOX_KEY, NEW]), storedSecrets });
  });

  it('come again by redelivery and by replay, with the ids that they had', async () => {
    const { endpointId } = await create();
    await pay();
    await pay();
    await rounds();
    const before = receiver.received.map(({ headers }) => headers['webhook-id']);
    const [newest] = await deliveries(endpointId);
    await shop.call('POST', at(endpointId, `/deliveries/${newest.deliveryId}/redeliver`));
    await rounds();
    const [first] = receiver.received;
    const { body } = await shop.call('POST', at(endpointId, '/replay'), { fromSeq: first?.body.seq });
    expect(body.result.queued).toBe(2);
    await rounds();
    const after = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(after).toEqual([...before, before[1], ...before]);
    expect(await deliveries(endpointId)).toHaveLength(2);
    const beyond = await shop.call('POST', at(endpointId, '/replay'), { fromSeq: '999999999' });
    expect(beyond.body.result).toEqual({ queued: 0 });
    const tomorrow = new Date(clock().getTime() + 24 * HOUR_MS).toISOString();
    expectProblem(
      await shop.call('POST', at(endpointId, '/replay'), { since: tomorrow }),
      422,
      'replay_range_empty',
    );
    expectProblem(await shop.call('POST', at(endpointId, '/replay'), {}), 400, 'request_invalid');
  });

  it('lose nothing of a sender that dies, whose deliveries another takes when the lease ends', async () => {
    const { endpointId } = await create();
    await pay();
    // The sender dies once the request is out: here, its answer never comes to be recorded.
    const dying = { ...context(), failPoint: (name: string) => assertNot(name, 'webhook.sent') };
    while (await feedPage(dying));
    await deliverDue(dying);
    expect(receiver.received).toHaveLength(1);
    expect(await round()).toBe(0);
    passedMs += 31_000;
    await rounds();
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id']);
    expect(await deliveries(endpointId)).toMatchObject([{ status: 'delivered' }]);
  });

  it('hold back the outbox’s care until they are fed, so that none is lost', async () => {
    const { admin, runtime } = shop.database;
    const folder = mkdtempSync(join(tmpdir(), 'jangbu-archive-'));
    const tomorrow = () => new Date(clock().getTime() + 24 * HOUR_MS);
    const trim = async () => {
      const asked = { folder, keepMs: 0, by: 'kim', clock: tomorrow };
      return (await trimOutbox(admin, asked)).map(({ kept }) => kept);
    };
    await create();
    await rounds();
    await extendOutbox(admin, { events: 1 });
    for (let count = 0; count < 3; count++) await pay();
    await archiveOutbox(runtime, { folder, by: 'kim', settledForMs: 0, clock: tomorrow });
    const [webhooks] = await readReaders(admin);
    expect(await trim()).toEqual([`reader webhooks has yet to read seq ${webhooks?.nextSeq}`]);
    await rounds();
    expect(receiver.received).toHaveLength(3);
    // It holds nothing back any more; the ledger's relay does, which there is none of here.
    expect(await trim()).toEqual(['nobody has read the outbox yet']);
    rmSync(folder, { recursive: true });
  });

  it('are sent once by many senders at a time', async () => {
    await create();
    for (let count = 0; count < 12; count++) await pay();
    for (let again = 0; again < 6; again++) {
      await Promise.all([1, 2, 3, 4].map(() => feedPage(context())));
      await Promise.all([1, 2, 3, 4].map(() => deliverDue(context())));
    }
    expect(receiver.received).toHaveLength(12);
  });

  it('pass no event by whose transaction commits after a later one', async () => {
    await create();
    const late = randomUUID();
    const trx = await shop.database.runtime.transaction();
    await trx.raw(
      `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, event_type, event_version, payload, created_at)
       SELECT ?, aggregate_type, aggregate_id, event_type, event_version, payload, created_at FROM outbox ORDER BY seq LIMIT 1`,
      [late],
    );
    const rolledBack = await shop.database.runtime.transaction();
    await rolledBack.raw(
      `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, event_type, event_version, payload, created_at)
       SELECT ?, aggregate_type, aggregate_id, event_type, event_version, payload, created_at FROM outbox ORDER BY seq LIMIT 1`,
      [randomUUID()],
    );
    await rolledBack.rollback();
    const paymentKey = await pay();
    await rounds();
    passedMs += 5_000;
    await rounds();
    expect(receiver.received).toEqual([]);
    await trx.commit();
    await rounds();
    passedMs += 2_000;
    await rounds();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])[0]).toBe(late);
    expect(receiver.received[1]?.body.data.paymentKey).toBe(paymentKey);
    await shop.database.admin.raw('DROP TRIGGER IF EXISTS outbox_refuse_delete');
    await shop.database.admin.raw('DELETE FROM outbox WHERE event_id = ?', [late]);
  });

  it('are managed by whose they are: anybody else’s are not there', async () => {
    caller = SELLER_2;
    const own = await create();
    caller = { memberId: 9, roles: ['seller'], sellerId: 3 };
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { status: 'disabled' }],
      ['POST', '/rotate-secret'],
      ['POST', '/ping'],
      ['POST', '/replay', { fromSeq: '1' }],
      ['GET', '/deliveries'],
      ['GET', '/deliveries/1'],
      ['POST', '/deliveries/1/redeliver'],
    ] as const) {
      expectProblem(await shop.call(method, at(own.endpointId, path), body), 404, 'endpoint_unknown');
    }
    expect((await shop.call('GET', '/api/webhook-endpoints')).body.result.items).toEqual([]);
    caller = { memberId: 9, roles: ['buyer'] };
    expectProblem(await shop.call('GET', '/api/webhook-endpoints'), 403, 'role_missing');
    caller = SELLER_2;
    const listed = await shop.call('GET', '/api/webhook-endpoints?limit=100');
    expect(listed.body.result.items.at(-1)?.endpointId).toBe(own.endpointId);
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
    caller = OPERATOR;
    const first = await shop.call('GET', '/api/webhook-endpoints?limit=1');
    const next = await shop.call(
      'GET',
      `/api/webhook-endpoints?limit=1&cursor=${first.body.result.nextCursor}`,
    );
    expect(next.body.result.items).toHaveLength(1);
    expect(next.body.result.items).not.toEqual(first.body.result.items);
  });

  it.each([
    ['no URL', 'merchant', 422],
    ['another scheme', 'ftp://merchant.example/', 422],
    ['a password', 'https://me:secret@merchant.example/', 422],
    ['what is not ASCII', 'https://김치.example/', 400],
  ])('refuse an address with %s', async (_name, url, status) => {
    expect((await shop.call('POST', '/api/webhook-endpoints', { url })).status).toBe(status);
  });

  it('reach nothing but the public internet in production, whatever a name resolves to', async () => {
    const send = (url: string) =>
      post({ url, headers: {}, body: '{}', timeoutMs: 2_000, reach: { isAnywhere: false } });
    const { port } = new URL(receiver.url);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])
      expect(await send(`http://${host}:${port}/`)).toMatchObject({ error: 'ADDRESS_NOT_PUBLIC' });
    expect(receiver.received).toEqual([]);
  });

  it('wait no longer than their time, and read no more than a little of an answer', async () => {
    const send = () =>
      post({ url: receiver.url, headers: {}, body: '{}', timeoutMs: 300, reach: { isAnywhere: true } });
    receiver.next.push(() => {});
    expect(await send()).toMatchObject({ got: 'nothing', error: 'TIMEOUT' });
    let written = 0;
    receiver.next.push((response) => {
      const more = () => {
        while (written < 50_000_000 && response.write('x'.repeat(10_000))) written += 10_000;
      };
      response.on('drain', more).on('error', () => {});
      more();
    });
    expect(await send()).toMatchObject({ got: 'status', status: 200 });
    await waitFor('the connection to be cut', async () => written < 50_000_000);
  });
});

function assertNot(name: string, deadly: string): void {
  if (name === deadly) throw new Error('The sender dies.');
}
