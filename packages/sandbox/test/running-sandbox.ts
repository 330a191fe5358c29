import { afterEach, beforeEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/index.ts';
import { callToss, type TossAnswer } from './toss-caller.ts';

export interface SandboxUnderTest {
  readonly url: string;
  /** Sets the sandbox's clock forward. */
  pass(ms: number): void;
  /** A payment of the order `kimchi-1` for 38,000 won that a buyer agreed to, under the key `key-1`, with what is given changed. */
  open(window?: Record<string, unknown>): Promise<TossAnswer>;
  fault(fault: Record<string, unknown>): Promise<TossAnswer>;
  get(path: string): Promise<TossAnswer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<TossAnswer>;
  /** Posts the confirm of what `open` opens. */
  confirm(headers?: Record<string, string>, changes?: Record<string, unknown>): Promise<TossAnswer>;
  restart(): Promise<void>;
}

export const SAMPLE = { paymentKey: 'key-1', orderId: 'kimchi-1', amount: 38_000 };

/** One sandbox a test, on a port of its own and with a clock that only the test moves. */
export function runningSandbox(options: Omit<SandboxOptions, 'port' | 'clock'> = {}): SandboxUnderTest {
  let now = 0;
  let sandbox: Sandbox;
  const start = () => startSandbox({ ...options, port: 0, clock: () => new Date(now) });
  beforeEach(async () => {
    now = Date.parse('2026-03-01T12:00:00Z');
    sandbox = await start();
  });
  afterEach(() => sandbox.close());
  const target = () => ({ baseUrl: sandbox.url, secretKey: sandbox.tossSecretKey });
  return {
    get url() {
      return sandbox.url;
    },
    pass: (ms) => {
      now += ms;
    },
    open: (window = {}) => callToss(target(), 'POST', '/sandbox/toss/payments', { ...SAMPLE, ...window }),
    fault: (fault) => callToss(target(), 'POST', '/sandbox/faults', fault),
    get: (path) => callToss(target(), 'GET', path),
    post: (path, body, headers) => callToss(target(), 'POST', path, body, headers),
    confirm: (headers, changes) =>
      callToss(target(), 'POST', '/v1/payments/confirm', { ...SAMPLE, ...changes }, headers),
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
  };
}
