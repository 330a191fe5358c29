import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type HttpCaller, httpCaller } from '../src/outgoing/http-caller.ts';

/** What a proper server never does, byte by byte. */
describe('the HTTP caller', () => {
  let server: Server | undefined;
  let caller: HttpCaller | undefined;
  const sockets = new Set<Socket>();

  afterEach(async () => {
    caller?.close();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    sockets.clear();
  });

  /** Starts a server that does this with each request, and returns a caller of it and how many connections were made. */
  async function against(onRequest: (socket: Socket, text: string) => void) {
    let connectionCount = 0;
    server = createServer((socket) => {
      connectionCount += 1;
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (chunk) => onRequest(socket, chunk.toString()));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/`;
    caller = httpCaller({ baseUrl, headers: { 'x-always': 'yes' }, maxConnectionCount: 1 });
    return { caller, connectionCount: () => connectionCount };
  }
  const GET = { method: 'GET', path: '/v1/x', timeoutMs: 200 } as const;
  const ok = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

  it('sends its headers and its body, below the path of the base URL', async () => {
    const seen: string[] = [];
    const { caller } = await against((socket, text) => {
      seen.push(text);
      socket.write(ok('{"won":"원"}'));
    });
    const reply = await caller.send({
      ...GET,
      method: 'POST',
      headers: { 'x-once': 'ja' },
      body: '{"a":"원"}',
    });
    expect(reply).toEqual({ got: 'answer', status: 200, body: { won: '원' } });
    expect(seen.join('')).toMatch(/^POST \/prefix\/v1\/x HTTP\/1\.1/);
    for (const part of ['x-always: yes', 'x-once: ja', 'content-length: 11', '{"a":"원"}']) {
      expect(seen.join('')).toContain(part);
    }
  });

  it('keeps its connection', async () => {
    const { caller, connectionCount } = await against((socket) => socket.write(ok('{}')));
    for (let call = 0; call < 5; call++) expect(await caller.send(GET)).toMatchObject({ got: 'answer' });
    expect(connectionCount()).toBe(1);
  });

  it.each([
    ['cuts the connection without an answer', (socket: Socket) => socket.destroy()],
    ['ends it in the middle of the headers', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    ['ends it in the middle of the body', (socket: Socket) => socket.end(`${ok('{"a":1}').slice(0, -2)}`)],
    ['speaks no HTTP', (socket: Socket) => socket.end('hello there\r\n\r\n')],
    ['says nothing', () => {}],
    ['stops in the middle of the body', (socket: Socket) => socket.write(ok('{"a":1}').slice(0, -2))],
    ['answers without end', (socket: Socket) => socket.write(ok('x'.repeat(2_000_000)))],
  ])('knows only that it may have happened when the server %s', async (_, onRequest) => {
    const { caller } = await against(onRequest);
    expect(await caller.send(GET)).toMatchObject({ got: 'nothing' });
  });

  it('takes what is no JSON for an answer without a body', async () => {
    const { caller } = await against((socket) => socket.write(ok('<html>')));
    expect(await caller.send(GET)).toEqual({ got: 'answer', status: 200, body: undefined });
  });

  it('has not sent what waited for a connection until its time was over', async () => {
    const seen: string[] = [];
    const { caller } = await against((_socket, text) => seen.push(text));
    const [first, second] = await Promise.all([
      caller.send({ ...GET, timeoutMs: 400 }),
      caller.send({ ...GET, path: '/v1/second', timeoutMs: 100 }),
    ]);
    expect(first).toEqual({ got: 'nothing', reason: 'time-out' });
    expect(second).toEqual({ got: 'not_sent', reason: 'time-out', isBlocked: false });
    expect(seen.join('')).not.toContain('second');
  });

  it('has not sent what cannot be written as a header', async () => {
    const { caller } = await against((socket) => socket.write(ok('{}')));
    expect(await caller.send({ ...GET, headers: { 'x-once': 'a\nb' } })).toMatchObject({ got: 'not_sent' });
  });
});
