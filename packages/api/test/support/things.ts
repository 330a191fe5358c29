import { type DescribedOperation, exampleOf, fillIn, namesIn, queryOf } from './operations.ts';
import type { Parties, Party, Reply } from './parties.ts';

/** Whose things a request names. Each is made when it is asked for: what one request does to it is nothing to the next. */
export interface Things {
  readonly owner: Party;
  /** Kimchi 1 is seller 1's, kimchi 4 is seller 3's. */
  readonly sellerId: 1 | 3;
  /** The names of what was made. */
  readonly marks: string[];
}

export function thingsOf(owner: Party, sellerId: 1 | 3): Things {
  return { owner, sellerId, marks: [] };
}

/** Who makes what needs somebody who may, and whose cart sold orders come from. */
export interface Makers {
  readonly operator: Party;
  readonly customer: Party;
}

/** Fills requests with things. A name in a path, or a body, that is new here is of a new thing: say what it is of whom. */
export function createThings(parties: Parties, { operator, customer }: Makers) {
  const kimchiOf = ({ sellerId }: Things) => [sellerId === 1 ? 1 : 4];
  const marked = <T extends string>({ marks }: Things, name: T): T => {
    marks.push(name);
    return name;
  };
  const made = async (who: Party, path: string, body?: unknown) => {
    const { result, text } = await parties.ask(who.session, 'POST', path, body);
    if (result === undefined) throw new Error(`POST ${path} answered ${text}`);
    return result;
  };
  const newEndpoint = async (things: Things): Promise<string> => {
    const { sellerId } = things;
    const wanted = { url: 'https://merchant.example/hooks', sellerId };
    return marked(things, (await made(operator, '/api/webhook-endpoints', wanted)).endpointId);
  };
  const newPayment = async (things: Things) =>
    marked(things, (await parties.pay(things.owner, kimchiOf(things))).paymentKey);

  const IN_PATH: Readonly<Record<string, (things: Things, path: string) => Promise<string> | string>> = {
    async orderId(things, path) {
      // A seller sees what others bought of it, once it is paid.
      if (path.startsWith('/api/sellers/')) return (await parties.pay(customer, kimchiOf(things))).orderId;
      return marked(things, (await parties.order(things.owner, kimchiOf(things))).orderId);
    },
    paymentKey: newPayment,
    sellerId: ({ sellerId }) => String(sellerId),
    async kimchiId({ sellerId }, path) {
      if (!path.startsWith('/api/sellers/')) return '1';
      const kimchi = { name: '백김치 1kg', price: 12_000, category: 'water' };
      return String((await made(operator, `/api/sellers/${sellerId}/kimchi`, kimchi)).kimchiId);
    },
    endpointId: newEndpoint,
    async deliveryId(things) {
      const path = `/api/webhook-endpoints/${things.marks.at(-1)}`;
      await made(operator, `${path}/ping`);
      const { result } = await parties.ask(operator.session, 'GET', `${path}/deliveries`);
      return result.items[0].deliveryId;
    },
    tokenId: async ({ owner }) => String((await made(owner, '/api/me/tokens', { name: 'spare' })).tokenId),
    code: ({ sellerId }, path) =>
      path.startsWith('/problems/') ? 'order_unknown' : `liabilities:sellers:${sellerId}:pending`,
    memberId: () => '900',
    role: () => 'accountant',
    provider: () => 'naver',
    runId: () => '1',
    name: () => 'swagger-ui.css',
  };

  /** Bodies that name things, or that the document's example does not fit. */
  const BODIES: Readonly<Record<string, (things: Things) => Promise<unknown> | unknown>> = {
    'POST /api/check-out': async (things) => ({
      cartId: await parties.cart(things.owner),
      kimchiIds: kimchiOf(things),
      buyerId: things.owner.memberId,
    }),
    async 'POST /api/payments/confirm'(things) {
      const window = await parties.window(things.owner, kimchiOf(things));
      marked(things, window.orderId);
      return window;
    },
    'POST /webhooks/toss': async (things) => ({ data: { paymentKey: await newPayment(things) } }),
    'POST /api/webhook-endpoints': ({ sellerId }) => ({ url: 'https://merchant.example/hooks', sellerId }),
    'POST /api/me/tokens': () => ({ name: 'another' }),
    'PUT /api/members/{memberId}/roles/{role}': () => ({ reason: 'test' }),
  };

  async function pathOf(path: string, things: Things, inner: Things): Promise<string> {
    const filled = new Map<string, string>();
    for (const [index, name] of namesIn(path).entries()) {
      const make = IN_PATH[name];
      if (make === undefined) throw new Error(`Whose is {${name}}? Say so in IN_PATH.`);
      if (name === 'deliveryId' && inner !== things) await newEndpoint(inner);
      filled.set(name, await make(index === 0 ? things : inner, path));
    }
    return fillIn(path, (name) => filled.get(name) ?? '');
  }

  return {
    /** Asks for things. `inner`: whose the later ones of the path are, where they are not the same's. */
    async askFor(
      operation: DescribedOperation,
      who: Readonly<Record<string, string>>,
      things: Things,
      inner = things,
    ): Promise<Reply> {
      const { name, method, path } = operation;
      const address = (await pathOf(path, things, inner)) + queryOf(operation);
      return parties.ask(who, method, address, (await BODIES[name]?.(things)) ?? exampleOf(operation));
    },

    /** An order, a payment and an endpoint of theirs. */
    async makeSome(things: Things): Promise<void> {
      for (const name of ['orderId', 'paymentKey', 'endpointId']) await IN_PATH[name]?.(things, '');
    },

    /** Whether a request names something that is somebody's. */
    namesThings({ name, path }: DescribedOperation): boolean {
      const isOwned = (one: string) => /^(orderId|paymentKey|sellerId|endpointId|tokenId)$/.test(one);
      const inBody = ['POST /api/check-out', 'POST /api/payments/confirm', 'POST /api/webhook-endpoints'];
      return namesIn(path).some(isOwned) || path.startsWith('/api/accounts/') || inBody.includes(name);
    },
  };
}
