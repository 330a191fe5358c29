import type { ViewFactory } from './view.ts';
import { cartView } from './views/cart.ts';
import { listView } from './views/list.ts';
import { logInView } from './views/log-in.ts';
import { notFoundView } from './views/not-found.ts';
import { orderView } from './views/order.ts';
import { ordersView } from './views/orders.ts';
import { payView } from './views/pay.ts';
import { productView } from './views/product.ts';

const ROUTES: readonly (readonly [RegExp, ViewFactory])[] = [
  [/^\/()$/, listView],
  [/^\/kimchi\/(\d+)$/, productView],
  [/^\/cart()$/, cartView],
  [/^\/pay()$/, payView],
  [/^\/orders()$/, ordersView],
  [/^\/orders\/([\w-]+)$/, orderView],
  [/^\/log-in()$/, logInView],
];

/** The view of an address, and what the address names. */
export function find(path: string): { readonly view: ViewFactory; readonly id: string } {
  for (const [pattern, view] of ROUTES) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return { view, id };
  }
  return { view: notFoundView, id: '' };
}
