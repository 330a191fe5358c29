import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  beginReplay,
  createLedger,
  diffLedgers,
  type Ledger,
  lastSeq,
  money,
  type NewEvent,
  paymentCancelledEvent,
  paymentConfirmedEvent,
  proceedReplay,
  readEvents,
  SETTLEMENT_CONSUMER,
  settlementHandlers,
  splitByWeights,
} from '../src/index.ts';

let database: TestDatabase;
let ledger: Ledger;
let nextSeq = 0n;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
});
afterAll(async () => {
  try {
    expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
  } finally {
    await database.drop();
  }
});

describe('a cancel in the books', () => {
  it('takes of each account what the sale gave it, pro rata', async () => {
    const payment = pay({ a: 27_000n, b: 11_000n });
    await settle([payment.confirmed, payment.cancel({ a: 9_000n })]);
    expect(await balancesOf(payment)).toEqual({
      'assets:receivables:tosspayments': '29000',
      'liabilities:sellers:a:pending': '-17010',
      'liabilities:sellers:b:pending': '-10395',
      'liabilities:vat-payable': '-145',
      'revenue:platform-fees': '-1450',
    });
    await settle([payment.cancel({ a: 18_000n, b: 11_000n })]);
    expect(nonZero(await balancesOf(payment))).toEqual({});
    expect((await ledger.wallet('a', 'KRW')).pending).toBe('0');
  });

  it('leaves every account of a payment at zero once all of it went back, whatever the parts and whoever gives them', async () => {
    const drawn = fc.sample(payments, { numRuns: 150, seed: 20_261_126 });
    const events: NewEvent[][] = [];
    const all = drawn.map(({ shares, parts }) => {
      const payment = pay(shares);
      const left = new Map(Object.entries(shares));
      const cancels: NewEvent[] = [];
      const cancel = (taken: Record<string, bigint>) => {
        const some = Object.entries(taken).filter(([, amount]) => amount > 0n);
        for (const [seller, amount] of some) left.set(seller, (left.get(seller) ?? 0n) - amount);
        if (some.length > 0) cancels.push(payment.cancel(Object.fromEntries(some)));
      };
      for (const part of parts) {
        const sum = [...left.values()].reduce((total, amount) => total + amount, 0n);
        const amount = (sum * BigInt(part)) / 1_000n;
        if (sum === 0n) break;
        const split = splitByWeights(money(String(amount), 'KRW'), [...left.values()]);
        cancel(
          Object.fromEntries([...left.keys()].map((seller, index) => [seller, split[index]?.minor ?? 0n])),
        );
      }
      cancel(Object.fromEntries(left));
      events.push([payment.confirmed, ...cancels]);
      return payment;
    });
    await settle(events.flat());
    for (const payment of all) expect(nonZero(await balancesOf(payment))).toEqual({});
    expect(await ledger.deadLetters()).toEqual([]);
  });

  it('waits behind its payment where that is parked, and is applied after it', async () => {
    const payment = pay({ e: 5_000n });
    await ledger.openAccounts([
      { code: 'liabilities:sellers:e:pending', type: 'liability', currency: 'KRW' },
    ]);
    const decision = { by: 'kim', reason: 'A dispute.' };
    await ledger.freezeAccount('liabilities:sellers:e:pending', decision);
    const [first] = await settle([payment.confirmed, payment.cancel({ e: 2_000n })]);
    expect((await ledger.deadLetters()).map(({ reasonCode }) => reasonCode)).toEqual([
      'account_frozen',
      'event_behind_dead_letter',
    ]);
    await ledger.unfreezeAccount('liabilities:sellers:e:pending', decision);
    await ledger.retryDeadLetter(settlementHandlers(ledger), first?.eventId ?? '', decision);
    expect(await ledger.deadLetters()).toEqual([]);
    expect(await balancesOf(payment)).toMatchObject({ 'assets:receivables:tosspayments': '3000' });
  });

  it('without any payment before it is parked, and not lost', async () => {
    const payment = pay({ nobody: 1_000n });
    await settle([payment.cancel({ nobody: 1_000n })]);
    expect((await ledger.deadLetters()).map(({ reasonCode }) => reasonCode)).toEqual(['account_unknown']);
    await ledger.discardDeadLetter(await waiting(), { by: 'kim', reason: 'A test.' });
  });

  it.each([
    ['gives back more than was sold', { sold: '1000', amount: '600', refunded: '1100' }],
    ['gives back more than is said to be given back', { sold: '1000', amount: '600', refunded: '500' }],
    ['does not sum', { sold: '1000', amount: '599', refunded: '599' }],
    ['gives nothing', { sold: '1000', amount: '0', refunded: '0' }],
    ['has no amounts', {}],
  ])('of which a share %s is parked', async (_name, wrong) => {
    const payment = pay({ d: 1_000n });
    const cancel = payment.cancel({ d: 600n });
    const broken = { ...cancel, payload: { ...cancel.payload, shares: [{ sellerId: 'd', ...wrong }] } };
    await settle([payment.confirmed, broken]);
    const [letter] = await ledger.deadLetters();
    expect(letter?.reasonCode).toMatch(/^(event|money)_malformed$/);
    await ledger.discardDeadLetter(await waiting(), { by: 'kim', reason: 'A test.' });
  });

  it('is the same in a ledger that is rebuilt', async () => {
    const session = await beginReplay(
      database.runtime,
      { ledger: 'mall', fromSeq: 1n, toSeq: undefined, into: 'rebuilt', by: 'kim' },
      () => new Date(),
    );
    const handlers = settlementHandlers({ name: 'mall' });
    const run = await proceedReplay(session, { knex: database.runtime, handlers });
    await session.close();
    expect(run.status).toBe('completed');
    const diff = await diffLedgers(database.runtime, 'mall', 'rebuilt');
    expect(diff).toMatchObject({ same: true, entries: [] });
    const rebuilt = await createLedger({ knex: database.runtime, name: 'rebuilt', mustExist: true });
    expect((await rebuilt.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
  });
});

/** Payments of one to three sellers, small and large, and thousandths of what is left that go back one after the other. */
const payments = fc.record({
  shares: fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.bigInt({ min: 1n, max: 300n }), fc.bigInt({ min: 1n, max: 10n ** 12n })),
    { minKeys: 1, maxKeys: 3 },
  ),
  parts: fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 8 }),
});

interface Payment {
  readonly paymentKey: string;
  readonly confirmed: NewEvent;
  cancel(taken: Readonly<Record<string, bigint>>): NewEvent;
}

function pay(shares: Readonly<Record<string, bigint>>): Payment {
  const number = ++made;
  const paymentKey = `pay-${number}`;
  const orderId = `order-${number}`;
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  const paid = sum(Object.values(shares));
  const refunded = new Map<string, bigint>();
  return {
    paymentKey,
    confirmed: paymentConfirmedEvent({
      paymentKey,
      orderId,
      currency: 'KRW',
      amount: String(paid),
      approvedAt: '2026-03-01T03:00:00.000Z',
      shares: Object.entries(shares).map(([sellerId, amount]) => ({ sellerId, amount: String(amount) })),
    }),
    cancel(taken) {
      for (const [seller, amount] of Object.entries(taken))
        refunded.set(seller, (refunded.get(seller) ?? 0n) + amount);
      return paymentCancelledEvent({
        paymentKey,
        orderId,
        cancelId: `cancel-${number}-${refunded.size}`,
        transactionKey: 'transaction',
        currency: 'KRW',
        amount: String(sum(Object.values(taken))),
        paid: String(paid),
        refunded: String(sum([...refunded.values()])),
        cancelledAt: '2026-03-02T03:00:00.000Z',
        shares: Object.entries(taken).map(([sellerId, amount]) => ({
          sellerId,
          sold: String(shares[sellerId]),
          amount: String(amount),
          refunded: String(refunded.get(sellerId)),
        })),
      });
    },
  };
}

/** Writes events and applies them as a relay would, in batches that part a payment from its cancels now and then. */
async function settle(events: readonly NewEvent[]) {
  if (events.length > 0) await ledger.transaction((writer) => writer.appendEvents(events));
  const written = await readEvents(database.runtime, nextSeq, 10_000);
  for (let from = 0; from < written.length; from += 97) {
    const batch = written.slice(from, from + 97);
    const place = { topic: 'mall.payment', partition: 0, consumer: SETTLEMENT_CONSUMER, fromOffset: 0n };
    const nextOffset = (batch.at(-1)?.seq ?? 0n) + 1n;
    await ledger.applyBatches(settlementHandlers(ledger), [{ ...place, events: batch, nextOffset }]);
  }
  nextSeq = (await lastSeq(database.runtime)) + 1n;
  return written;
}

async function waiting(): Promise<string> {
  const [letter] = await ledger.deadLetters();
  return letter?.event.eventId ?? '';
}

/** What a payment's entries came to on each account: debits less credits. */
async function balancesOf({ paymentKey }: Payment): Promise<Record<string, string>> {
  const [rows] = await database.admin.raw(
    `SELECT a.code, CAST(SUM(l.amount) AS CHAR) AS balance
       FROM journal_entries AS e
       JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE e.ledger_id = ? AND JSON_UNQUOTE(JSON_EXTRACT(e.metadata, '$.paymentKey')) = ?
      GROUP BY a.code ORDER BY a.code`,
    [ledger.ledgerId, paymentKey],
  );
  return Object.fromEntries(
    rows.map(({ code, balance }: { code: string; balance: string }) => [code, balance]),
  );
}

function nonZero(balances: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(balances).filter(([, balance]) => balance !== '0'));
}
