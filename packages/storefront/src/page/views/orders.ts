import type { ItemOf } from '@jangbu/client';
import { api } from '../api.ts';
import { h } from '../dom.ts';
import { instant, won } from '../text/format.ts';
import { t } from '../text/language.ts';
import type { Place, View } from '../view.ts';
import { growing } from './growing.ts';

/** The buyer's orders, the newest first. */
export async function ordersView({ signal }: Place): Promise<View> {
  const text = t();
  const readPage = (cursor?: string) => api.get('/api/orders', { query: { cursor }, signal });
  const first = await readPage();
  return {
    title: text.orders,
    node: h(
      'div',
      { class: 'narrow' },
      h('h1', {}, text.orders),
      first.items.length === 0
        ? h(
            'section',
            { class: 'message' },
            h('p', { role: 'status' }, text.ordersEmpty),
            h('p', {}, h('a', { href: '/', class: 'button' }, text.goShopping)),
          )
        : growing({ first, readPage, toItem, className: 'lines' }),
    ),
  };
}

function toItem({ orderId, orderName, amount, status, createdAt }: ItemOf<'/api/orders'>): HTMLElement {
  const text = t();
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'what' },
      h('a', { href: `/orders/${orderId}` }, orderName),
      h('span', { class: 'minor' }, instant(createdAt)),
    ),
    h('span', { class: `status ${status}` }, text.statuses[status]),
    h('span', { class: 'figure' }, won(amount)),
  );
}
