import { createServer } from 'node:net';

/** Whether nothing listens on the port of the loopback interface. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Waits until nothing listens on the port any more, for five seconds at most. */
export async function untilFree(port: number): Promise<void> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline && !(await isFree(port)); )
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The first of the wanted ports that is free, or any free one. */
export async function choosePort(
  wanted: readonly (number | undefined)[],
  free: (port: number) => Promise<boolean> = isFree,
): Promise<number> {
  for (const port of wanted) if (port !== undefined && (await free(port))) return port;
  return anyFreePort();
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no free port')),
      );
    });
  });
}
