import { isApiError, type Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { fill, h } from '../dom.ts';
import { problemText } from '../problem-text.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';

/** What the payment window gives back. */
interface Agreed {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

type PaymentStatus = Schemas['PaymentState']['status'];

const ASK_EVERY_MS = 1_000;

/** Where the buyer comes back to from the payment window: confirms, and goes on to the order. */
export async function payView({ url, signal, go }: Place): Promise<View> {
  const text = t();
  const agreed = readAgreed(url.searchParams);
  const body = h('div', {});

  async function confirm(agreed: Agreed): Promise<void> {
    fill(body, h('p', { role: 'status', class: 'working' }, text.paying));
    try {
      go(orderPath(agreed, await confirmed(agreed, signal)), 'replace');
    } catch (error) {
      if (signal.aborted) return;
      fill(body, h('p', { role: 'alert' }, problemText(error)), waysOut(agreed, error));
    }
  }

  function waysOut(agreed: Agreed, error: unknown): HTMLElement {
    const again = h('button', { type: 'button', on: { click: () => void confirm(agreed) } }, text.tryAgain);
    const order = h('a', { href: `/orders/${agreed.orderId}`, class: 'button quiet' }, text.order);
    return h('p', { class: 'actions' }, mayHelpToAskAgain(error) && again, order);
  }

  if (agreed !== undefined) void confirm(agreed);
  else fill(body, h('p', { role: 'alert' }, text.payMissing), toOrders());
  return { title: text.payTitle, node: h('section', { class: 'message' }, h('h1', {}, text.payTitle), body) };
}

function readAgreed(query: URLSearchParams): Agreed | undefined {
  const paymentKey = query.get('paymentKey');
  const orderId = query.get('orderId');
  const amount = Number(query.get('amount'));
  if (paymentKey === null || orderId === null || !Number.isSafeInteger(amount) || amount <= 0)
    return undefined;
  return { paymentKey, orderId, amount };
}

async function confirmed(agreed: Agreed, signal: AbortSignal): Promise<PaymentStatus> {
  const { status } = await api.post('/api/payments/confirm', { body: agreed, signal });
  return status === 'confirming' ? untilKnown(agreed.paymentKey, signal) : status;
}

/** The provider did not say what it did; the service finds out, and is asked until it knows. */
async function untilKnown(paymentKey: string, signal: AbortSignal): Promise<PaymentStatus> {
  for (;;) {
    await new Promise((wake) => setTimeout(wake, ASK_EVERY_MS));
    signal.throwIfAborted();
    const { status } = await api.get('/api/payments/{paymentKey}', { params: { paymentKey }, signal });
    if (status !== 'confirming') return status;
  }
}

/** The order's address, which says what has gone wrong where something has. */
function orderPath({ orderId }: Agreed, status: PaymentStatus): string {
  const path = `/orders/${orderId}`;
  if (status === 'refused') return `${path}?code=payment_refused`;
  return status === 'released' ? `${path}?code=payment_provider_unavailable` : path;
}

/** The same confirm again is the same payment, so nothing is lost by asking once more. */
function mayHelpToAskAgain(error: unknown): boolean {
  return !isApiError(error) || error.status === 0 || error.status === 409 || error.status >= 500;
}

function toOrders(): HTMLElement {
  return h('p', {}, h('a', { href: '/orders', class: 'button' }, t().orders));
}
