import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHttpServer } from './server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a connection that is kept', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const seen: WeakRef<IncomingMessage>[] = [];
  let server: Server;
  beforeEach(async () => {
    server = createHttpServer((message, response) => {
      seen.push(new WeakRef(message));
      message.resume().once('end', () => response.end('{}'));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => {
    agent.destroy();
    server.close();
  });

  it('keeps nothing of a request that was answered', async () => {
    await post(agent, server);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    for (let turn = 0; turn < 10; turn++) {
      await nextTurn();
      collectGarbage();
    }
    expect(seen.map((ref) => ref.deref())).toEqual([undefined]);
  });
});

function post(agent: Agent, server: Server): Promise<void> {
  const { port } = server.address() as AddressInfo;
  return new Promise((answered, fail) => {
    request({ agent, port, host: '127.0.0.1', method: 'POST' }, (response) =>
      response.resume().once('end', answered),
    )
      .once('error', fail)
      .end('{"amount":1}');
  });
}
