import { isApiError, newIdempotencyKey, type Schemas } from '@jangbu/client';
import { api } from '../api.ts';
import { putInCart, readCart } from '../cart.ts';
import { fill, h } from '../dom.ts';
import { notice } from '../notice.ts';
import { openPaymentWindow } from '../payment-window.ts';
import { problemText } from '../problem-text.ts';
import { MOST_OF_ONE, stepper } from '../stepper.ts';
import { count, won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { logInPath } from './failed.ts';

/** What lies in the cart, and the way to pay for it. */
export async function cartView({ signal, go }: Place): Promise<View> {
  const text = t();
  const body = h('div', {});
  let cart = await readCart(signal);
  // The same cart, ordered again after an answer was lost, is the same order.
  let key = newIdempotencyKey();

  function draw(): void {
    fill(body, ...(cart.items.length === 0 ? [empty()] : [items(), checkOut()]));
  }

  async function change(kimchiId: number, quantity: number): Promise<void> {
    try {
      cart = await putInCart(kimchiId, quantity);
      key = newIdempotencyKey();
    } catch (error) {
      notice(problemText(error));
      cart = await readCart();
    }
    const held = document.activeElement?.getAttribute('aria-label');
    draw();
    focusAgain(body, held);
  }

  function items(): HTMLElement {
    return h('ul', { class: 'lines' }, ...cart.items.map((item) => line(item, change)));
  }

  function checkOut(): HTMLElement {
    const button = h('button', { type: 'button', on: { click: () => void order(button) } }, text.orderAndPay);
    button.disabled = cart.items.some(({ availability }) => availability !== 'available');
    return h(
      'div',
      { class: 'sum' },
      h('p', { role: 'status' }, text.sum, ' ', h('strong', {}, won(cart.amount))),
      button,
    );
  }

  async function order(button: HTMLButtonElement): Promise<void> {
    const { cartId } = cart;
    if (cartId === null) return;
    button.disabled = true;
    fill(button, text.ordering);
    try {
      openPaymentWindow(await api.post('/api/check-out', { body: { cartId }, idempotencyKey: key }));
    } catch (error) {
      if (isApiError(error) && error.status === 401) return go(logInPath());
      notice(problemText(error));
      cart = await readCart().catch(() => cart);
      draw();
    }
  }
  draw();
  return { title: text.cart, node: h('div', { class: 'narrow' }, h('h1', {}, text.cart), body) };
}

function line(
  item: Schemas['Cart']['items'][number],
  change: (kimchiId: number, quantity: number) => Promise<void>,
): HTMLElement {
  const text = t();
  const { kimchiId, name, sellerName, unitPrice, quantity, amount, availability, available } = item;
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'what' },
      h('a', { href: `/kimchi/${kimchiId}` }, name),
      h('span', { class: 'minor' }, `${sellerName} · ${won(unitPrice)}`),
      availability === 'short' && h('span', { class: 'note warm' }, text.onlyLeft(count(available ?? 0))),
      availability === 'gone' && h('span', { class: 'note warm' }, text.gone),
    ),
    stepper({
      name,
      quantity,
      most: Math.min(available ?? MOST_OF_ONE, MOST_OF_ONE),
      onChange: (chosen) => void change(kimchiId, chosen),
    }),
    h('span', { class: 'figure' }, won(amount)),
    h(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': text.takeOut(name),
        on: { click: () => void change(kimchiId, 0) },
      },
      text.remove,
    ),
  );
}

function empty(): HTMLElement {
  const text = t();
  return h(
    'section',
    { class: 'message' },
    h('p', { role: 'status' }, text.cartEmpty),
    h('p', { class: 'minor' }, text.cartEmptyHint),
    h('p', {}, h('a', { href: '/', class: 'button' }, text.goShopping)),
  );
}

/** What was pressed was drawn anew; whoever uses a keyboard goes on from it. */
function focusAgain(body: HTMLElement, label: string | null | undefined): void {
  if (label === null || label === undefined) return;
  const same = [...body.querySelectorAll('button')].find(
    (button) => button.getAttribute('aria-label') === label,
  );
  if (same !== undefined && !same.disabled) same.focus();
  else (document.getElementById('view') as HTMLElement).focus();
}
