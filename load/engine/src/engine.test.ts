import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import LeanEngine from './engine.ts';

/** Stands for Artillery's templates and captures, which have an install of their own: `{{ name }}` alone, and `$.name`. */
const util: ConstructorParameters<typeof LeanEngine>[2] = {
  template: (value, { vars }) =>
    JSON.parse(
      JSON.stringify(value).replace(/"\{\{ (\w+) \}\}"/g, (_all, name) => JSON.stringify(vars[name])),
    ),
  captureOrMatch({ capture }, { body }, _context, done) {
    const specs = (capture ?? []) as readonly { json: string; as: string }[];
    const read = ({ json, as }: { json: string; as: string }) => {
      const value: unknown = JSON.parse(body)[json.slice(2)];
      return [as, { value, failed: value === undefined }];
    };
    done(null, { captures: Object.fromEntries(specs.map(read)), matches: {} });
  },
};

describe("the load's own engine", () => {
  let server: Server;
  let target: string;
  let connectionCount: number;
  let bodies: string[];
  let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
  let emitted: unknown[][];

  beforeEach(async () => {
    connectionCount = 0;
    bodies = [];
    emitted = [];
    server = createServer(async (request, response) => {
      const body = await text(request);
      bodies.push(`${request.method} ${request.url} ${body}`);
      answer(request, response, body);
    });
    server.on('connection', () => connectionCount++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const orderThenPay = [
    { post: { url: '/orders', json: { member: '{{ member }}' }, capture: [{ json: '$.id', as: 'id' }] } },
    { post: { url: '/pay', json: { order: '{{ id }}' } } },
  ];

  function scenarioOf(flow: Parameters<LeanEngine['createScenario']>[0]['flow'], timeout = 5) {
    const engine = new LeanEngine({ config: { target, timeout } }, undefined, util);
    const events = { emit: (...event: unknown[]) => void emitted.push(event) };
    const scenario = engine.createScenario({ flow }, events);
    return (vars: Record<string, unknown> = {}) =>
      new Promise<string | undefined>((settle) => scenario({ vars }, (error) => settle(error?.message)));
  }

  it('sends a flow in order, and takes what one answer holds into the next request', async () => {
    answer = ({ url }, response) => response.end(url === '/orders' ? '{"id":"o-1"}' : '{}');
    expect(await scenarioOf(orderThenPay)({ member: 7 })).toBeUndefined();
    expect(bodies).toEqual(['POST /orders {"member":7}', 'POST /pay {"order":"o-1"}']);
    expect(emitted.filter(([kind]) => kind !== 'histogram')).toEqual([
      ['started'],
      ['counter', 'http.requests', 1],
      ['counter', 'http.codes.200', 1],
      ['counter', 'http.responses', 1],
      ['counter', 'http.requests', 1],
      ['counter', 'http.codes.200', 1],
      ['counter', 'http.responses', 1],
    ]);
  });

  it('keeps its connections, and opens more only where all of them wait', async () => {
    const waiting: (() => void)[] = [];
    answer = (_request, response) => {
      waiting.push(() => response.end('{}'));
      if (waiting.length === 3) for (const end of waiting.splice(0)) end();
    };
    const run = scenarioOf([{ get: { url: '/' } }]);
    for (let round = 0; round < 4; round++) await Promise.all([run(), run(), run()]);
    expect(connectionCount).toBe(3);
  });

  it("counts the time until an answer's last byte", async () => {
    answer = (_request, response) => {
      response.write('{"half":');
      setTimeout(() => response.end('1}'), 80);
    };
    await scenarioOf([{ get: { url: '/' } }])();
    const [, name, ms] = emitted.find(([kind]) => kind === 'histogram') ?? [];
    expect(name).toBe('http.response_time');
    expect(ms).toBeGreaterThanOrEqual(75);
  });

  it('ends a flow whose answer lacks what the next request needs', async () => {
    answer = (_request, response) => response.writeHead(500).end('{}');
    expect(await scenarioOf(orderThenPay)({ member: 7 })).toBe('Failed capture or match');
    expect(bodies).toHaveLength(1);
    expect(emitted).toContainEqual(['counter', 'http.codes.500', 1]);
    expect(emitted).toContainEqual(['error', 'Failed capture or match']);
  });

  it('counts a server that does not answer in time, and one that is not there', async () => {
    answer = () => {};
    expect(await scenarioOf([{ get: { url: '/' } }], 0.05)()).toMatch('no answer in 50 ms');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await scenarioOf([{ get: { url: '/' } }])();
    expect(emitted.filter(([kind]) => kind === 'error')).toEqual([
      ['error', 'ETIMEDOUT'],
      ['error', 'ECONNREFUSED'],
    ]);
  });

  it.each([
    ['a step', [{ think: {} as never }], 'think'],
    ['what goes with a request', [{ post: { url: '/', headers: {} } as never }], 'headers'],
    ['a second thing in one step', [{ get: { url: '/' }, loop: {} as never }], 'loop'],
  ])('refuses %s that it does not know', (_what, flow, name) => {
    expect(() => scenarioOf(flow)).toThrow(`does not know "${name}"`);
  });
});
