import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tieTogether, urlThrough } from './between.ts';

/** Stands between the API and MySQL, so that a test can take MySQL away and give it back. */
export interface DatabaseProxy {
  /** The database's URL through the proxy. */
  readonly url: string;
  cut(): Promise<void>;
  /** Keeps and takes connections, and lets nothing through: MySQL hangs. */
  hang(): void;
  mend(): Promise<void>;
}

export async function proxyTo(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    tieTogether(sockets, near, far);
    near.pipe(far).pipe(near);
    if (isHanging) for (const socket of [near, far]) socket.pause();
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: urlThrough(server, databaseUrl),
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    hang() {
      isHanging = true;
      for (const socket of sockets) socket.pause();
    },
    async mend() {
      isHanging = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(server, port);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}
