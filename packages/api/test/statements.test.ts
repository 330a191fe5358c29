import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type Caller, ROLES } from '../src/http/caller.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';
import { type StatementTap, type TappedStatement, tapStatements } from './support/statement-tap.ts';

const CROWD = 40;
const MEMBER_1: Caller = { memberId: 1, roles: ROLES, by: 'sandbox' };

/** docs/architecture.md has these figures. Each statement is a round trip, and so is each BEGIN and COMMIT. */
describe('what MySQL is asked', () => {
  let shop: Shop;
  let tap: StatementTap;
  let callCount = 0;
  beforeAll(async () => {
    shop = await openShop({
      provider: fakeProvider(),
      credentials: {
        readCaller() {
          callCount++;
          return MEMBER_1;
        },
      },
      through: async (databaseUrl) => {
        tap = await tapStatements(databaseUrl);
        return tap.url;
      },
    });
    // What the jobs ask at the start is no request's.
    await waitFor('the jobs of the start', async () =>
      [
        /RELEASE_LOCK/,
        /FROM orders AS o .*SKIP LOCKED/,
        /FROM outbox_readers/,
        /look_up_at <=/,
        /FROM cancels/,
      ].every((asked) => tap.statements.some(({ sql }) => asked.test(sql))),
    );
    await shop.confirm(await shop.order());
  });
  beforeEach(() => {
    callCount = 0;
    tap.statements.length = 0;
  });
  afterAll(async () => {
    await shop.close();
    tap.close();
  });

  /** Without an Idempotency-Key, as the load flow does. */
  const checkOut = (more: object = {}) => shop.call('POST', '/api/check-out', { ...CHECK_OUT, ...more });

  it('for a check-out: two statements, one of which commits', async () => {
    await checkOut();
    expect(tap.statements.map(summaryOf)).toEqual(['SELECT products', 'INSERT orders']);
  });

  it('for a check-out that reserves stock: the same in a transaction, and the stock', async () => {
    await checkOut({ kimchiIds: [12] });
    expect(tap.statements.map(summaryOf)).toEqual([
      'SELECT products',
      'BEGIN',
      'INSERT orders',
      'UPDATE product_stocks',
      'COMMIT',
    ]);
  });

  it('for a confirm: a claim that commits, the order’s lines, and a transaction of three statements', async () => {
    const orderId = await shop.order();
    tap.statements.length = 0;
    await shop.confirm(orderId);
    expect(tap.statements.map(summaryOf)).toEqual([
      'INSERT payments',
      'SELECT orders',
      'BEGIN',
      'UPDATE payments',
      'INSERT order_sellers',
      'INSERT outbox',
      'COMMIT',
    ]);
  });

  it('for the same with an Idempotency-Key: its claim and its answer as well', async () => {
    const key = { 'Idempotency-Key': 'once' };
    const { body } = await shop.call('POST', '/api/check-out', CHECK_OUT, key);
    expect(tap.statements.map(summaryOf)).toEqual([
      'SELECT idempotency_keys',
      'SELECT products',
      'BEGIN',
      'INSERT idempotency_keys',
      'INSERT orders',
      'UPDATE idempotency_keys',
      'COMMIT',
    ]);
    tap.statements.length = 0;
    const { orderId, amount } = body.result;
    await shop.call('POST', '/api/payments/confirm', { paymentKey: 'once', orderId, amount }, key);
    const asked = tap.statements.map(summaryOf);
    expect([asked.length, asked.at(0), asked.at(-1)]).toEqual([
      9,
      'INSERT idempotency_keys',
      'UPDATE idempotency_keys',
    ]);
  });

  it('for a crowd’s check-outs: little more than for one', async () => {
    await crowdBehind(/FROM products/, () => checkOut());
    const counts = countsOf(tap.statements);
    expect(Object.keys(counts).sort()).toEqual(['INSERT orders', 'SELECT products']);
    expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(4);
  });

  it('for a crowd’s confirms: a few claims, readings and records, and so many commits', async () => {
    const orderIds = await Promise.all(Array.from({ length: CROWD }, () => shop.order()));
    tap.statements.length = 0;
    callCount = 0;
    await crowdBehind(/INSERT INTO payments/, (index) => shop.confirm(orderIds[index] ?? ''));
    const { BEGIN: begun, COMMIT: committed, ...statements } = countsOf(tap.statements);
    expect(Object.keys(statements).sort()).toEqual([
      'INSERT order_sellers',
      'INSERT outbox',
      'INSERT payments',
      'SELECT orders',
      'UPDATE payments',
    ]);
    expect(Math.max(...Object.values(statements))).toBeLessThanOrEqual(5);
    expect(committed).toBe(begun);
    expect(committed).toBeLessThanOrEqual(6);
  });

  /** A crowd that comes while the first one's statement is held, so that how it is batched is no matter of time. */
  async function crowdBehind(first: RegExp, call: (index: number) => Promise<unknown>): Promise<void> {
    const held = tap.hold(first);
    const calls = Array.from({ length: CROWD }, (_, index) => call(index));
    try {
      await waitFor('the crowd to have come', async () => callCount === CROWD && held.count > 0);
      // Their bodies came with them, and are read by now.
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      expect(held.count).toBe(1);
    } finally {
      held.release();
    }
    await Promise.all(calls);
  }
});

/** The verb, and the first of the tables. */
function summaryOf({ sql }: TappedStatement): string {
  const [verb = ''] = sql.split(/[ ;]/);
  const [, table] = /(?:FROM|INTO|UPDATE) (\w+)/.exec(sql) ?? [];
  return table === undefined ? verb : `${verb} ${table}`;
}

function countsOf(statements: readonly TappedStatement[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const statement of statements) {
    const summary = summaryOf(statement);
    counts[summary] = (counts[summary] ?? 0) + 1;
  }
  return counts;
}
