import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import type { ClientTimes } from '../src/http/server.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';

/** A hundredth of what they are. */
const TIMES: ClientTimes = {
  headersMs: 200,
  requestMs: 600,
  idleMs: 650,
  stalledMs: 1_200,
  checkEveryMs: 10,
};

interface Client {
  readonly socket: Socket;
  /** What has come so far. */
  text(): string;
  /** How long after the connection was made it was closed, in ms. */
  readonly closed: Promise<number>;
}

describe('clients that take their time', () => {
  let shop: Shop;
  const logged: string[] = [];
  beforeAll(async () => {
    const log = pino({}, { write: (line: string) => logged.push(line) });
    shop = await openShop({ provider: fakeProvider(), clientTimes: TIMES, log });
  });
  afterAll(() => shop.close());

  async function open(): Promise<Client> {
    const socket = connect(shop.api.port, '127.0.0.1').setEncoding('latin1');
    let text = '';
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => {});
    await once(socket, 'connect');
    const at = performance.now();
    // Not by `once`, which fails where the connection was reset before it closed: whoever goes on sending may see that.
    const closed = new Promise<number>((settle) => {
      socket.once('close', () => settle(performance.now() - at));
    });
    return { socket, text: () => text, closed };
  }
  /** A byte now and then, as long as anybody listens. */
  async function trickle({ socket, closed }: Client, text: string): Promise<void> {
    const end = new AbortController();
    void closed.then(() => end.abort());
    for (let at = 0; !end.signal.aborted; at++) {
      socket.write(text[at % text.length] ?? '');
      await wait(20, undefined, { signal: end.signal }).catch(() => {});
    }
  }
  const codeIn = (text: string) => /"code":"(\w+)"/.exec(text)?.[1];
  const statusesIn = (text: string) =>
    [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const head = (lines: string) => `${lines}\r\nHost: x\r\n`;

  it('are not waited for when their headers come a byte at a time', async () => {
    const client = await open();
    client.socket.write(head('GET /health/live HTTP/1.1'));
    await trickle(client, 'X-Slow: yes\r\n');
    const tookMs = await client.closed;
    expect(tookMs).toBeGreaterThanOrEqual(TIMES.headersMs - 20);
    expect(tookMs).toBeLessThan(TIMES.requestMs);
    expect([statusesIn(client.text()), codeIn(client.text())]).toEqual([[408], 'request_timed_out']);
  });

  it('are not waited for when nothing comes at all', async () => {
    const client = await open();
    expect(await client.closed).toBeGreaterThanOrEqual(TIMES.headersMs - 20);
    expect(codeIn(client.text())).toBe('request_timed_out');
  });

  it('are not waited for when their body comes a byte at a time', async () => {
    const client = await open();
    const type = 'Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n';
    client.socket.write(head('POST /api/check-out HTTP/1.1') + type);
    await trickle(client, JSON.stringify(CHECK_OUT));
    const tookMs = await client.closed;
    expect(tookMs).toBeGreaterThanOrEqual(TIMES.requestMs - 20);
    expect(tookMs).toBeLessThan(TIMES.stalledMs);
    expect([statusesIn(client.text()), codeIn(client.text())]).toEqual([[408], 'request_timed_out']);
  });

  it('nor when it comes in chunks without end, or is never read by its route', async () => {
    for (const path of ['/api/check-out', '/api/log-out']) {
      const client = await open();
      const type = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
      client.socket.write(head(`POST ${path} HTTP/1.1`) + type);
      await trickle(client, '1\r\n \r\n');
      expect(await client.closed).toBeLessThan(TIMES.stalledMs);
      expect(statusesIn(client.text())).toHaveLength(1);
    }
  });

  it('get one answer, and nothing in the midst of it, when they go on sending after it has begun', async () => {
    const client = await open();
    const type = 'Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n';
    client.socket.write(head('GET /openapi.json HTTP/1.1') + type);
    await trickle(client, ' ');
    await client.closed;
    const [, body = ''] = client.text().split('\r\n\r\n');
    expect(statusesIn(client.text())).toEqual([200]);
    expect(JSON.parse(Buffer.from(body, 'latin1').toString()).openapi).toBe('3.1.1');
  });

  it('lose their connection when they do not take their answer', async () => {
    const client = await open();
    client.socket.pause();
    logged.length = 0;
    client.socket.write(`${head('GET /docs/assets/swagger-ui.js HTTP/1.1')}\r\n`.repeat(16));
    // Who does not read does not see the end either, so it is the API that tells.
    const left = () => logged.filter((line) => line.includes('The client left before the answer')).length;
    await waitFor('the connection to be cut', async () => left() > 0);
    client.socket.destroy();
  });

  it('hold up nobody else, however many they are, and are let go', async () => {
    const clients = await Promise.all(Array.from({ length: 500 }, open));
    expect((await shop.call('GET', '/health/ready')).status).toBe(200);
    await Promise.all(clients.map(({ closed }) => closed));
    expect(clients.map(({ text }) => codeIn(text())).every((code) => code === 'request_timed_out')).toBe(
      true,
    );
  });

  it('are let go when they ask no more', async () => {
    const client = await open();
    client.socket.write(`${head('GET /health/live HTTP/1.1')}\r\n`);
    // Node keeps a connection for a second beyond what it says.
    expect(await client.closed).toBeLessThan(TIMES.idleMs + 3_000);
    expect(statusesIn(client.text())).toEqual([200]);
  });

  it('are answered in order when they ask several things at once', async () => {
    const client = await open();
    const paths = [
      '/health/live',
      '/api/kimchi/1',
      '/api/kimchi/0',
      '/nothing',
      '/api/kimchi/2',
      '/health/live',
    ];
    client.socket.write(paths.map((path) => `${head(`GET ${path} HTTP/1.1`)}\r\n`).join(''));
    await client.closed;
    expect(statusesIn(client.text())).toEqual([200, 200, 400, 404, 200, 200]);
    const ids = [...client.text().matchAll(/^x-request-id: (\S+)/gim)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(paths.length);
  });

  it('lose their connection when they ask more at once than anybody needs', async () => {
    const client = await open();
    client.socket.write(`${head('GET /api/kimchi HTTP/1.1')}\r\n`.repeat(1_000));
    await client.closed;
    expect(statusesIn(client.text()).length).toBeLessThan(64);
    expect((await shop.call('GET', '/health/live')).status).toBe(200);
  });

  it('do not smuggle a second request into the body of a first', async () => {
    const inner = `${head('GET /api/kimchi/2 HTTP/1.1')}\r\n`;
    const smuggling = [
      `Content-Length: ${inner.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
      `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
      `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
      `Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      `Content-Length: +0\r\n\r\n${inner}`,
      `Transfer-Encoding: chunked\r\n\r\n0;\n\r\n${inner}`,
    ];
    for (const rest of smuggling) {
      const client = await open();
      client.socket.write(head('POST /api/log-out HTTP/1.1') + rest);
      await client.closed;
      expect({ rest, statuses: statusesIn(client.text()) }).toEqual({ rest, statuses: [400] });
    }
  });
});
