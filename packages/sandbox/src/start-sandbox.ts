import { setTimeout as wait } from 'node:timers/promises';
import { faultRoutes } from './faults/fault-routes.ts';
import { Faults } from './faults/faults.ts';
import { logInRoutes } from './log-in/log-in-routes.ts';
import { CallCounts } from './naver-shopping/call-counts.ts';
import { naverShoppingRoutes } from './naver-shopping/search-routes.ts';
import { startServer } from './server.ts';
import { openStateFile } from './state-file/state-file.ts';
import { randomKeys } from './toss/keys.ts';
import { Notices, noticeRoutes } from './toss/notices.ts';
import type { Payment, PaymentEvent } from './toss/payment.ts';
import { Payments } from './toss/payments.ts';
import { RememberedRequests } from './toss/remembered-requests.ts';
import type { Result } from './toss/toss-payments.ts';
import { tossRoutes } from './toss/toss-routes.ts';
import { windowPageRoutes } from './toss/window-page-routes.ts';
import { windowRoutes } from './toss/window-routes.ts';

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** Where payments are kept for the next start. Without it, nothing outlives the process. */
  readonly stateFile?: string;
  readonly clock?: () => Date;
  /** How many payments, and how many idempotency keys, are held at most; beyond it the oldest go. 300,000 unless told. */
  readonly largest?: number;
  /** How many searches of shops a client may make in a day; 25,000 unless told. */
  readonly naverDailyLimit?: number;
  readonly onTrouble?: (error: unknown) => void;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** One of the secret keys that it takes: it takes every `test_sk_…`. */
  readonly tossSecretKey: string;
  /** Lets answers under way finish, for up to a second. */
  close(): Promise<void>;
}

const TOSS_SECRET_KEY = 'test_sk_jangbu_sandbox';

/** Starts the providers' doubles on one port. @throws Error when the port is taken or the state file cannot be read */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1', clock = () => new Date(), largest = 300_000 } = options;
  const payments = new Payments(largest);
  const stateFile =
    options.stateFile === undefined
      ? undefined
      : await openStateFile<PaymentEvent>(options.stateFile, (event) => payments.apply(event));
  const faults = new Faults();
  const waitFor = (ms: number) => wait(ms, undefined, { ref: false });
  const notices = new Notices({ clock, wait: waitFor });
  const context = {
    payments,
    clock,
    faults,
    keys: randomKeys,
    keep: (event: PaymentEvent) => stateFile?.append(event),
    tell: (payment: Payment) => notices.tell(payment),
    remembered: new RememberedRequests<Result>(largest),
    wait: waitFor,
    callCounts: new CallCounts(),
    dailyLimit: options.naverDailyLimit ?? 25_000,
  };
  const server = await startServer({
    host,
    port,
    routes: [
      ...tossRoutes(context),
      ...windowRoutes(context),
      ...windowPageRoutes(context),
      ...noticeRoutes(notices),
      ...logInRoutes(context),
      ...naverShoppingRoutes(context),
      ...faultRoutes(faults),
    ],
    graceMs: 1_000,
    onTrouble: options.onTrouble ?? (() => {}),
  });
  return {
    url: `http://${host}:${server.port}`,
    port: server.port,
    tossSecretKey: TOSS_SECRET_KEY,
    async close() {
      await server.close();
      stateFile?.close();
    },
  };
}
