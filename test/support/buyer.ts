import { randomUUID } from 'node:crypto';
import type { System } from './system.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects.
  readonly body: any;
}

export interface Agreed {
  readonly orderId: string;
  readonly paymentKey: string;
  readonly amount: number;
}

/** What a shop's client does, over HTTP only. */
export interface Buyer {
  /** @throws TypeError, here and below, where no answer comes */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Checks out kimchi 1, 2 and 3, and agrees in the provider's payment window. */
  agree(): Promise<Agreed>;
  confirm(agreed: Agreed): Promise<Answer>;
  /** All of it, whatever it takes: what is not answered, or answered with "later", is sent again. */
  payPatiently(): Promise<PaidPatiently>;
}

export interface PaidPatiently extends Agreed {
  /** Every answer on the way: a status with the problem's code, or `none` where the connection broke. */
  readonly answers: readonly string[];
}

const CHECK_OUT = { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 };
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

export function buyerOf({ apiUrl, sandboxUrl }: Pick<System, 'apiUrl' | 'sandboxUrl'>): Buyer {
  const call: Buyer['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(path.startsWith('/sandbox') ? sandboxUrl + path : apiUrl + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: await response.json() };
  };
  const checkOut = (key: string) => call('POST', '/api/check-out', CHECK_OUT, { 'Idempotency-Key': key });
  const window = async ({ orderId, amount }: { orderId: string; amount: number }): Promise<Agreed> => {
    const { body } = await call('POST', '/sandbox/toss/payments', { orderId, amount });
    return { orderId, amount, paymentKey: body.paymentKey };
  };
  const confirm = (agreed: Agreed) => call('POST', '/api/payments/confirm', agreed);

  return {
    call,
    confirm,
    async agree() {
      const { status, body } = await checkOut(randomUUID());
      if (status !== 200) throw new Error(`Check-out answered ${status} ${body.code}.`);
      return window(body.result);
    },
    async payPatiently() {
      const answers: string[] = [];
      const key = randomUUID();
      const order = await untilOk(() => checkOut(key), answers);
      const agreed = await window(order.body.result);
      await untilOk(() => confirm(agreed), answers);
      return { ...agreed, answers };
    },
  };
}

async function untilOk(ask: () => Promise<Answer>, answers: string[]): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const answer = await ask().catch(() => undefined);
    answers.push(describe(answer));
    if (answer?.status === 200) return answer;
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  throw new Error(`Not done in ${PATIENCE_MS} ms; the answers were ${[...new Set(answers)].join(', ')}.`);
}

function describe(answer: Answer | undefined): string {
  if (answer === undefined) return 'none';
  return answer.body.code === undefined ? String(answer.status) : `${answer.status} ${answer.body.code}`;
}
