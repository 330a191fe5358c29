import { describe, expect, it } from '@jest/globals';
import { runningSandbox, SAMPLE } from './running-sandbox.ts';
import type { TossAnswer } from './toss-caller.ts';

const sandbox = runningSandbox();
const MINUTE_MS = 60_000;
const key = { 'idempotency-key': 'order-kimchi-1' };
const refused = (status: number, code: string) => ({ status, body: { code } });

describe('a payment window', () => {
  it('opens a payment that the buyer has agreed to', async () => {
    expect(await sandbox.open()).toMatchObject({
      status: 201,
      body: {
        ...status('IN_PROGRESS'),
        requestedAt: '2026-03-01T21:00:00+09:00',
        approvedAt: null,
        vat: 3_455,
      },
    });
  });

  it('makes a key of its own where none is given', async () => {
    const first = await sandbox.open({ paymentKey: undefined });
    const second = await sandbox.open({ paymentKey: undefined });
    expect(first.body['paymentKey']).toMatch(/^tgen_/);
    expect(first.body['paymentKey']).not.toBe(second.body['paymentKey']);
  });

  it('is the same for the same order and amount, and a conflict for another', async () => {
    const { body } = await sandbox.open();
    expect(await sandbox.open()).toEqual({ status: 200, body });
    expect(await sandbox.open({ amount: 1 })).toMatchObject(refused(409, 'PAYMENT_KEY_USED'));
    expect(await sandbox.open({ orderId: 'kimchi-2' })).toMatchObject(refused(409, 'PAYMENT_KEY_USED'));
  });

  it.each([
    { orderId: 'short' },
    { orderId: '김치김치김치' },
    { amount: 0 },
    { amount: 1.5 },
    { paymentKey: 'k'.repeat(201) },
  ])('does not open with %j', async (window) => {
    expect(await sandbox.open(window)).toMatchObject(refused(400, 'INVALID_REQUEST'));
  });
});

describe('a confirm on whose way the buyer agrees', () => {
  const agreeing = { 'jangbu-sandbox-window': 'agreed' };

  it('opens the payment and approves it', async () => {
    expect(await sandbox.confirm(agreeing)).toMatchObject({ status: 200, body: status('DONE') });
    expect(await sandbox.get('/v1/payments/key-1')).toMatchObject({ status: 200, body: status('DONE') });
  });

  it('finds a payment that is open already', async () => {
    await sandbox.open();
    expect(await sandbox.confirm(agreeing)).toMatchObject({ status: 200, body: status('DONE') });
  });

  it('does not take the key of another order or amount', async () => {
    await sandbox.open();
    expect(await sandbox.confirm(agreeing, { amount: 1 })).toMatchObject(refused(403, 'FORBIDDEN_REQUEST'));
    expect(await sandbox.confirm(agreeing, { orderId: 'kimchi-2' })).toMatchObject(
      refused(403, 'FORBIDDEN_REQUEST'),
    );
  });

  it('opens nothing when it does not get through', async () => {
    await sandbox.fault({ route: 'confirm', status: 500 });
    expect(await sandbox.confirm(agreeing)).toMatchObject({ status: 500 });
    expect(await sandbox.get('/v1/payments/key-1')).toMatchObject(refused(404, 'NOT_FOUND_PAYMENT'));
    expect(await sandbox.confirm(agreeing)).toMatchObject({ status: 200, body: status('DONE') });
  });
});

describe('a confirm', () => {
  it('approves, with a time, a transaction and a receipt', async () => {
    await sandbox.open();
    sandbox.pass(1_000);
    expect(await sandbox.confirm()).toMatchObject({
      status: 200,
      body: {
        ...status('DONE'),
        approvedAt: '2026-03-01T21:00:01+09:00',
        lastTransactionKey: expect.stringMatching(/^[0-9A-F]{32}$/),
        receipt: { url: expect.any(String) },
        cancels: null,
        balanceAmount: 38_000,
      },
    });
  });

  it('comes within ten minutes of the buyer, or not at all', async () => {
    await sandbox.open();
    sandbox.pass(10 * MINUTE_MS + 1);
    expect(await sandbox.confirm()).toMatchObject(refused(404, 'NOT_FOUND_PAYMENT_SESSION'));
    sandbox.pass(20 * MINUTE_MS);
    expect(await sandbox.get('/v1/payments/key-1')).toMatchObject({
      body: { ...status('EXPIRED'), failure: { code: 'EXPIRED_PAYMENT' } },
    });
  });

  it('is refused for another amount or order than the buyer agreed to', async () => {
    await sandbox.open();
    expect(await sandbox.confirm({}, { amount: 1 })).toMatchObject(refused(403, 'FORBIDDEN_REQUEST'));
    expect(await sandbox.confirm({}, { orderId: 'kimchi-2' })).toMatchObject(
      refused(403, 'FORBIDDEN_REQUEST'),
    );
  });

  it('ends a payment whose card refuses', async () => {
    await sandbox.open({ refuseWith: 'REJECT_CARD_PAYMENT' });
    expect(await sandbox.confirm()).toMatchObject(refused(403, 'REJECT_CARD_PAYMENT'));
    expect(await sandbox.get('/v1/payments/key-1')).toMatchObject({
      body: { ...status('ABORTED'), failure: { code: 'REJECT_CARD_PAYMENT' } },
    });
  });

  it.each([
    ['malformed JSON', '{"paymentKey":'],
    ['no body', undefined],
    ['a body that is no object', '[]'],
    ['an amount in a string', { ...SAMPLE, amount: '38000' }],
    ['an orderId with a space', { ...SAMPLE, orderId: 'kimchi 1' }],
    ['an orderId of five characters', { ...SAMPLE, orderId: 'kimch' }],
    ['a paymentKey of 201 characters', { ...SAMPLE, paymentKey: 'k'.repeat(201) }],
    ['a body of 70 kB', { ...SAMPLE, padding: 'x'.repeat(70_000) }],
  ])('is a bad request with %s', async (_, body) => {
    await sandbox.open();
    const answer = await sandbox.post('/v1/payments/confirm', body);
    expect(answer).toMatchObject(refused(400, 'INVALID_REQUEST'));
  });

  it('must be a POST', async () => {
    const answer = await fetch(`${sandbox.url}/v1/payments/confirm`, { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST, GET');
  });
});

describe('an idempotency key', () => {
  it('gives the first answer again, even when the payment has changed since', async () => {
    await sandbox.open();
    const first = await sandbox.confirm(key);
    await sandbox.post('/v1/payments/key-1/cancel', { cancelReason: '변심' });
    expect(await sandbox.confirm(key)).toEqual(first);
  });

  it('gives errors again too, 5xx among them', async () => {
    await sandbox.open();
    const code = { 'tosspayments-test-code': 'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING' };
    const first = await sandbox.confirm({ ...key, ...code });
    expect(first.status).toBe(500);
    expect(await sandbox.confirm(key)).toEqual(first);
    expect((await sandbox.confirm()).status).toBe(200);
  });

  it('does not look at the body: another payment under it gets the answer of the first', async () => {
    await sandbox.open();
    await sandbox.open({ paymentKey: 'key-2', orderId: 'kimchi-2' });
    const first = await sandbox.confirm(key);
    expect(await sandbox.confirm(key, { paymentKey: 'key-2', orderId: 'kimchi-2' })).toEqual(first);
    expect(await sandbox.get('/v1/payments/key-2')).toMatchObject({ body: { status: 'IN_PROGRESS' } });
  });

  it('is another one at another address', async () => {
    await sandbox.open();
    await sandbox.confirm(key);
    const answer = await sandbox.post('/v1/payments/key-1/cancel', { cancelReason: '변심' }, key);
    expect(answer).toMatchObject({ status: 200, body: status('CANCELED') });
  });

  it('is refused while the first request under it is being processed', async () => {
    await sandbox.open();
    await sandbox.fault({ route: 'confirm', latencyMs: 200 });
    const slow = sandbox.confirm(key);
    await until(async () => isSpent(await sandbox.get('/sandbox/faults')));
    expect(await sandbox.confirm(key)).toMatchObject(refused(409, 'IDEMPOTENT_REQUEST_PROCESSING'));
    expect(await slow).toMatchObject({ status: 200 });
    expect(await sandbox.confirm(key)).toEqual(await slow);
  });

  it('is kept for 15 days', async () => {
    await sandbox.open();
    await sandbox.confirm(key);
    sandbox.pass(15 * 24 * 60 * MINUTE_MS);
    expect(await sandbox.confirm(key)).toMatchObject(refused(400, 'ALREADY_PROCESSED_PAYMENT'));
  });
});

describe('a cancel', () => {
  it('comes once a second, and leaves a row each time', async () => {
    await sandbox.open();
    await sandbox.confirm();
    const part = { cancelReason: '변심', cancelAmount: 8_000 };
    expect(await sandbox.post('/v1/payments/key-1/cancel', part)).toMatchObject({ status: 200 });
    expect(await sandbox.post('/v1/payments/key-1/cancel', part)).toMatchObject(
      refused(403, 'FORBIDDEN_CONSECUTIVE_REQUEST'),
    );
    sandbox.pass(1_000);
    expect(await sandbox.post('/v1/payments/key-1/cancel', { cancelReason: '변심' })).toMatchObject({
      body: {
        balanceAmount: 0,
        vat: 0,
        suppliedAmount: 0,
        cancels: [{ cancelAmount: 8_000 }, { cancelAmount: 30_000 }],
      },
    });
  });

  it.each([
    {},
    { cancelReason: '' },
    { cancelReason: 'x'.repeat(201) },
    { cancelReason: '변심', cancelAmount: 0 },
  ])('is a bad request with %j', async (body) => {
    expect(await sandbox.post('/v1/payments/key-1/cancel', body)).toMatchObject(
      refused(400, 'INVALID_REQUEST'),
    );
  });
});

it('lists payments by status, page by page', async () => {
  for (const index of [1, 2, 3])
    await sandbox.open({ paymentKey: `key-${index}`, orderId: `kimchi-${index}` });
  await sandbox.confirm();
  await sandbox.confirm({}, { paymentKey: 'key-3', orderId: 'kimchi-3' });
  const first = await sandbox.get('/sandbox/toss/payments?status=DONE&limit=1');
  expect(first.body).toMatchObject({ payments: [{ paymentKey: 'key-1' }], nextCursor: 1 });
  const second = await sandbox.get('/sandbox/toss/payments?status=DONE&limit=1&cursor=1');
  expect(second.body).toEqual({ payments: [expect.objectContaining({ paymentKey: 'key-3' })] });
});

function status(status: string) {
  return { paymentKey: 'key-1', orderId: 'kimchi-1', totalAmount: 38_000, status };
}

function isSpent({ body }: TossAnswer): boolean {
  return Array.isArray(body['faults']) && body['faults'].length === 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await condition())) if (Date.now() > deadline) throw new Error('It did not come to be in 5 s.');
}
