import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { runningSandbox, SAMPLE } from './running-sandbox.ts';

/** Notices to a real receiver. */
describe('the provider’s notices', () => {
  const sandbox = runningSandbox();
  let shop: Server;
  let url: string;
  let heard: { headers: IncomingMessage['headers']; body: { eventType: string; data: object } }[] = [];
  let statuses: number[] = [];
  beforeAll(async () => {
    shop = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      heard.push({ headers: request.headers, body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/webhooks/toss`;
  });
  beforeEach(() => {
    heard = [];
    statuses = [];
  });
  afterAll(() => new Promise((resolve) => shop.close(resolve)));

  it('tell of an approval and of a cancel, to whom they are told to', async () => {
    await sandbox.post('/sandbox/toss/notices', { url });
    await sandbox.open();
    await sandbox.confirm();
    await sandbox.post(`/v1/payments/${SAMPLE.paymentKey}/cancel`, {
      cancelReason: '변심',
      cancelAmount: 1_000,
    });
    await waitFor('two notices', async () => heard.length === 2);
    expect(heard.map(({ body }) => body)).toMatchObject([
      { eventType: 'PAYMENT_STATUS_CHANGED', data: { paymentKey: SAMPLE.paymentKey, status: 'DONE' } },
      { eventType: 'PAYMENT_STATUS_CHANGED', data: { status: 'PARTIAL_CANCELED', balanceAmount: 37_000 } },
    ]);
  });

  it('come again until they are answered with 200, and say how often', async () => {
    statuses = [500, 302];
    await sandbox.post('/sandbox/toss/notices', { url, waitsMs: [1, 1, 1] });
    await sandbox.open();
    await sandbox.confirm();
    await waitFor('the third', async () => heard.length === 3);
    const of = (name: string) =>
      heard.map(({ headers }) => headers[`tosspayments-webhook-transmission-${name}`]);
    expect(of('retried-count')).toEqual(['0', '1', '2']);
    expect(new Set(of('id')).size).toBe(1);
  });

  it('go nowhere unless somebody said where', async () => {
    await sandbox.open();
    expect((await sandbox.confirm()).status).toBe(200);
    expect((await sandbox.get('/sandbox/toss/notices')).body).toEqual({ target: null });
    expect((await sandbox.post('/sandbox/toss/notices', { url: 'nowhere' })).status).toBe(400);
    expect(heard).toEqual([]);
  });
});
