import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Route } from '../http/exchange.ts';
import type { Payment } from './payment.ts';
import { paymentView } from './payment-view.ts';

/** The provider's own waits, after each notice that was not answered with 200: 1, 4, 16 … 4096 minutes. */
const PROVIDERS_WAITS_MS = Array.from({ length: 7 }, (_, index) => 60_000 * 4 ** index);
const ANSWER_WITHIN_MS = 10_000;

const targetSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Shorter waits than the provider's, so that nobody has to wait a minute for the second notice. */
  waitsMs: z.array(z.int().min(0).max(60_000)).max(7).optional(),
});

type Target = z.output<typeof targetSchema>;

export interface NoticesContext {
  readonly clock: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** What the provider sends a shop when a payment has changed. Nobody is told until a test or a person says where. */
export class Notices {
  #target: Target | undefined;
  readonly #context: NoticesContext;

  constructor(context: NoticesContext) {
    this.#context = context;
  }

  get target(): Target | undefined {
    return this.#target;
  }

  setTarget(target: Target | undefined): void {
    this.#target = target;
  }

  /** Begins to tell, and does not wait for it. */
  tell(payment: Payment): void {
    if (this.#target !== undefined) void this.#send(this.#target, payment);
  }

  async #send(target: Target, payment: Payment): Promise<void> {
    const { clock, wait } = this.#context;
    const id = randomUUID();
    const createdAt = clock().toISOString();
    const data = paymentView(payment, clock());
    const body = JSON.stringify({ eventType: 'PAYMENT_STATUS_CHANGED', createdAt, data });
    const waits = target.waitsMs ?? PROVIDERS_WAITS_MS;
    for (let retried = 0; ; retried++) {
      const headers = {
        'content-type': 'application/json',
        'tosspayments-webhook-transmission-time': clock().toISOString(),
        'tosspayments-webhook-transmission-retried-count': String(retried),
        'tosspayments-webhook-transmission-id': id,
      };
      const waitMs = waits[retried];
      // A target that was changed meanwhile is told of what comes, and not of what was.
      if ((await isHeard(target.url, headers, body)) || waitMs === undefined || target !== this.#target)
        return;
      await wait(waitMs);
    }
  }
}

async function isHeard(url: string, headers: Record<string, string>, body: string): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const response = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => undefined);
  await response?.body?.cancel().catch(() => {});
  return response?.status === 200;
}

/** Where notices go: set, shown, and unset. */
export function noticeRoutes(notices: Notices): Route[] {
  const path = '/sandbox/toss/notices';
  return [
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        const parsed = targetSchema.safeParse(body);
        if (!parsed.success) {
          const message = parsed.error.issues[0]?.message ?? '';
          return { status: 400, body: { code: 'INVALID_REQUEST', message } };
        }
        notices.setTarget(parsed.data);
        return { status: 201, body: parsed.data };
      },
    },
    { method: 'GET', path, handle: () => ({ status: 200, body: { target: notices.target ?? null } }) },
    {
      method: 'DELETE',
      path,
      handle: () => {
        notices.setTarget(undefined);
        return { status: 204, body: undefined };
      },
    },
  ];
}
