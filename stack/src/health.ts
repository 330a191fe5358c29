import { connect } from 'node:net';
import { createConnection } from 'mysql2/promise';
import type { Part } from './parts.ts';

/** Whether the part answers at its address: a statement, a connection, a REST call. */
export async function answers(part: Part, address: string, timeoutMs = 2_000): Promise<boolean> {
  try {
    await CHECKS[part](address, timeoutMs);
    return true;
  } catch {
    return false;
  }
}

const CHECKS: Readonly<Record<Part, (address: string, timeoutMs: number) => Promise<void>>> = {
  async mysql(url, timeoutMs) {
    const connection = await createConnection({ uri: url, connectTimeout: timeoutMs });
    try {
      await connection.query('SELECT 1');
    } finally {
      connection.destroy();
    }
  },
  async kafka(brokers, timeoutMs) {
    const [host = '', port = ''] = (brokers.split(',')[0] ?? '').split(':');
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host, port: Number(port), timeout: timeoutMs });
      socket.once('connect', () => resolve());
      socket.once('error', reject);
      socket.once('timeout', () => reject(new Error('time-out')));
      socket.once('connect', () => socket.destroy());
    });
  },
  async connect(url, timeoutMs) {
    const response = await fetch(new URL('/connectors', url), { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    await response.body?.cancel();
  },
};

/** @throws Error when the part does not answer in time, or `isAlive` says that it never will */
export async function untilItAnswers(
  part: Part,
  address: string,
  { timeoutMs, isAlive }: { timeoutMs: number; isAlive: () => boolean },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await answers(part, address))) {
    if (!isAlive()) throw new Error(`${part} ended while it started`);
    if (Date.now() > deadline) throw new Error(`${part} did not answer within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
