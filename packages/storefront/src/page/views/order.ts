import { newIdempotencyKey, type Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { h } from '../dom.ts';
import { notice } from '../notice.ts';
import { openPaymentWindow } from '../payment-window.ts';
import { problemText, textOfCode } from '../problem-text.ts';
import { count, instant, won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { refundButton } from './refund.ts';
import { settlement } from './settlement.ts';

type Order = Schemas['OrderState'];
type Payment = Schemas['Payment'];

/** One order: what was bought, what can be done with it, and how its money settles. */
export async function orderView({ id, url, signal, me, reload }: Place): Promise<View> {
  const text = t();
  const order = await api.get('/api/orders/{orderId}', { params: { orderId: id }, signal });
  const { payment, status } = order;
  const live = wasPaid(payment) ? settlement(order, { me, signal }) : undefined;
  return {
    title: order.orderName,
    node: h(
      'div',
      { class: 'narrow' },
      h('p', { class: 'minor' }, text.order),
      h('h1', {}, order.orderName),
      h('p', { class: `status ${status}`, role: 'status' }, text.statuses[status]),
      ...said(order, url),
      h(
        'div',
        { class: 'actions' },
        ...(status === 'awaiting_payment' && payment?.status !== 'confirming' ? unpaid(order, reload) : []),
        wasPaid(payment) && payment.status !== 'cancelled' && refundButton(payment, { reload, signal }),
      ),
      lines(order),
      facts(order),
      live?.node,
    ),
    ...(live === undefined ? {} : { leave: live.leave }),
  };
}

/** Whether the provider approved it, whatever went back since. */
function wasPaid(payment: Payment | null): payment is Payment {
  return payment !== null && ['done', 'partially_cancelled', 'cancelled'].includes(payment.status);
}

/** What there is to say of how the buyer came here, or of what they wait for. */
function said({ status, payment, expiresAt }: Order, url: URL): HTMLElement[] {
  const text = t();
  if (payment?.status === 'confirming') return [h('p', { class: 'note', role: 'status' }, text.confirming)];
  if (status !== 'awaiting_payment') return [];
  const code = url.searchParams.get('code');
  const failed = code === null ? undefined : (textOfCode(code) ?? text.notPaid);
  return [
    ...(failed === undefined ? [] : [h('p', { class: 'note warm', role: 'alert' }, failed)]),
    ...(expiresAt === null ? [] : [h('p', { class: 'minor' }, text.payBefore(instant(expiresAt)))]),
  ];
}

function unpaid(order: Order, reload: () => void): HTMLElement[] {
  const text = t();
  const key = newIdempotencyKey();
  const pay = h(
    'button',
    { type: 'button', on: { click: () => openPaymentWindow(order) } },
    text.pay(won(order.amount)),
  );
  const cancel = h(
    'button',
    { type: 'button', class: 'quiet', on: { click: () => void callOff() } },
    text.cancelOrder,
  );

  async function callOff(): Promise<void> {
    cancel.disabled = true;
    try {
      const params = { orderId: order.orderId };
      await api.post('/api/orders/{orderId}/cancel', { params, idempotencyKey: key });
      notice(text.orderWasCancelled);
    } catch (error) {
      notice(problemText(error));
    }
    reload();
  }
  return [pay, cancel];
}

function lines({ lines, amount }: Order): HTMLElement {
  const text = t();
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, text.orderLines),
    h('ul', { class: 'lines' }, ...lines.map(line)),
    h('p', { class: 'sum' }, text.sum, ' ', h('strong', {}, won(amount))),
  );
}

function line({ kimchiId, name, quantity, unitPrice, amount }: Schemas['OrderLine']): HTMLElement {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'what' },
      h('a', { href: `/kimchi/${kimchiId}` }, name),
      h('span', { class: 'minor' }, `${won(unitPrice)} × ${count(quantity)}`),
    ),
    h('span', { class: 'figure' }, won(amount)),
  );
}

function facts({ orderId, createdAt, payment }: Order): HTMLElement {
  const text = t();
  return h(
    'dl',
    { class: 'facts' },
    ...fact(text.orderNumber, orderId),
    ...fact(text.orderedAt, instant(createdAt)),
    ...(wasPaid(payment) ? paymentFacts(payment) : []),
  );
}

function paymentFacts({ method, approvedAt, refunded }: Payment): HTMLElement[] {
  const text = t();
  return [
    ...(method === null ? [] : fact(text.paymentMethod, method)),
    ...(approvedAt === null ? [] : fact(text.paidAt, instant(approvedAt))),
    ...(refunded === 0 ? [] : fact(text.wentBack, won(refunded))),
  ];
}

function fact(term: string, value: string): HTMLElement[] {
  return [h('dt', {}, term), h('dd', {}, value)];
}
