import { connect as connectTo, createServer, type Socket } from 'node:net';
import { urlThrough } from '../../packages/api/test/support/between.ts';

/** A wire to a server, which can be cut so that neither end notices: what is sent is lost, and nothing says so. */
export interface Wire {
  /** The server's address, by this wire. */
  readonly url: string;
  cut(): void;
  /** Lets go of both ends. */
  close(): Promise<void>;
}

export async function layWire(serverUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    const upstream = connectTo(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (!isCut) to.write(data);
      });
      from.on('close', () => {
        sockets.delete(from);
        if (!isCut) to.destroy();
      });
      from.on('error', () => {});
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: urlThrough(server, serverUrl),
    cut() {
      isCut = true;
    },
    close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
