import { openPaymentWindow } from './payment-window.ts';
import { openProduction, type ProductionShop } from './production.ts';
import { PRODUCTION } from './shop.ts';

/** Somebody who has logged in, and who has things. */
export interface Party {
  readonly memberId: number;
  readonly sellerId: number | undefined;
  /** What a page of the shop sends for them: the session's cookie and its token. */
  readonly session: Readonly<Record<string, string>>;
  /** What a program sends for them. */
  readonly token: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of a problem. */
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects.
  readonly result: any;
}

export type Person = 'minjun' | 'seoyeon' | 'jiho' | 'seller' | 'accountant' | 'operator';

export interface Parties extends ProductionShop {
  logInAs(person: Person): Promise<Party>;
  ask(who: Readonly<Record<string, string>>, method: string, path: string, body?: unknown): Promise<Reply>;
  /** An order of theirs, awaiting payment. */
  order(party: Party, kimchiIds: readonly number[]): Promise<{ orderId: string; amount: number }>;
  /** The same, with what a payment window hands on. */
  window(party: Party, kimchiIds: readonly number[]): Promise<Window>;
  /** The same, paid. */
  pay(party: Party, kimchiIds: readonly number[]): Promise<Window>;
  /** A cart of theirs, with kimchi 1 in it. */
  cart(party: Party): Promise<number>;
}

export interface Window {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/** The shop in production mode, and who comes into it. */
export async function openParties(): Promise<Parties> {
  const production = await openProduction();
  const { shop, sandboxUrl } = production;

  const ask: Parties['ask'] = async (who, method, path, body) => {
    const response = await fetch(shop.api.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...who },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    const { code, result } = isJson ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, code, result };
  };

  const must = async (reply: Promise<Reply>) => {
    const { status, text, result } = await reply;
    if (status >= 300) throw new Error(`answered ${status}: ${text}`);
    return result;
  };

  const cart: Parties['cart'] = async ({ session }) =>
    (await must(ask(session, 'PUT', '/api/cart/items/1', { quantity: 1 }))).cartId;
  const order: Parties['order'] = async (party, kimchiIds) =>
    must(ask(party.session, 'POST', '/api/check-out', { cartId: await cart(party), kimchiIds }));
  const window: Parties['window'] = async (party, kimchiIds) => {
    const { orderId, amount } = await order(party, kimchiIds);
    const paymentKey = await openPaymentWindow({ baseUrl: sandboxUrl, orderId, amount });
    return { paymentKey, orderId, amount };
  };

  return {
    ...production,
    ask,
    cart,
    order,
    window,
    async pay(party, kimchiIds) {
      const opened = await window(party, kimchiIds);
      await must(ask(party.session, 'POST', '/api/payments/confirm', opened));
      return opened;
    },
    async logInAs(person) {
      const browser = production.openBrowser();
      await production.logIn(browser, 'naver', person);
      const { memberId, sellerId, csrfToken } = (await browser.get('/api/me')).body.result;
      const session = {
        Cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'X-CSRF-Token': csrfToken,
        Origin: PRODUCTION.PUBLIC_URL,
      };
      const made = await must(ask(session, 'POST', '/api/me/tokens', { name: 'program' }));
      const token = { Authorization: `Bearer ${made.token}` };
      return { memberId, sellerId: sellerId === null ? undefined : Number(sellerId), session, token };
    },
  };
}
