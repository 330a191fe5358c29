import { createLedger, credit, debit, type Ledger, money } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Credentials } from '../src/index.ts';
import { checkShop } from '../src/index.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

/** Seller 7 where the header says so, else the sandbox's own member. */
const credentials: Credentials = {
  readCaller: (request) =>
    request.get('X-Test-Seller') === '7' ? { memberId: 70, roles: ['seller'], sellerId: 7 } : undefined,
};
const AS_SELLER_7 = { 'X-Test-Seller': '7' };
const PENDING = 'liabilities:sellers:7:pending';

describe('reports', () => {
  let shop: Shop;
  let ledger: Ledger;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), credentials });
    ledger = await createLedger({ knex: shop.database.admin, name: 'kimchi-mall' });
    await ledger.openAccounts([
      { code: 'assets:cash', type: 'asset', currency: 'KRW', name: '=1+1, "cash"' },
      { code: PENDING, type: 'liability', currency: 'KRW', name: 'Seller 7' },
    ]);
    for (let sale = 1; sale <= 5; sale++) {
      const amount = money(String(sale * 1000), 'KRW');
      const lines = [debit('assets:cash', amount), credit(PENDING, amount)];
      await ledger.post({ idempotencyKey: `sale-${sale}`, kind: 'sale', lines });
    }
  });
  afterAll(async () => {
    expect((await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
    await shop.close();
  });

  const statement = (query: string, code = PENDING, headers = {}) =>
    shop.call('GET', `/api/accounts/${code}/statement?${query}`, undefined, headers);

  async function amountsOfAllPages(query: { limit: number; order?: 'newest' }): Promise<string[]> {
    const amounts: string[] = [];
    const lines = shop.client().list('/api/accounts/{code}/statement', { params: { code: PENDING }, query });
    for await (const { amount } of lines) amounts.push(amount);
    return amounts;
  }

  it('gives an account’s lines with the balance after each', async () => {
    const { status, body } = await statement('');
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ account: PENDING, currency: 'KRW', nextCursor: null });
    expect(body.result.items.at(-1)).toMatchObject({
      sequence: 5,
      side: 'credit',
      amount: '5000',
      balance: '15000',
      counterparts: ['assets:cash'],
    });
  });

  it('leads through all pages, in either order', async () => {
    const all = ['1000', '2000', '3000', '4000', '5000'];
    expect(await amountsOfAllPages({ limit: 2 })).toEqual(all);
    expect(await amountsOfAllPages({ limit: 2, order: 'newest' })).toEqual(all.toReversed());
  });

  it('shows a seller its own accounts, and none of others', async () => {
    expect((await statement('', PENDING, AS_SELLER_7)).status).toBe(200);
    for (const code of ['assets:cash', 'liabilities:sellers:70:pending', 'liabilities:sellers:1:pending'])
      expectProblem(await statement('', code, AS_SELLER_7), 404, 'account_unknown');
  });

  it.each([
    ['an account that is not there', '', 'assets:nowhere', 404, 'account_unknown'],
    ['a code that is none', '', 'Assets', 400, 'account_code_malformed'],
    ['a cursor of nobody', 'cursor=xyz', PENDING, 400, 'cursor_malformed'],
    ['a parameter that it does not know', 'sort=amount', PENDING, 400, 'request_invalid'],
    ['a limit beyond all', 'limit=1000', PENDING, 400, 'request_invalid'],
  ])('refuses %s', async (_name, query, code, status, problem) => {
    expectProblem(await statement(query, code), status, problem);
  });

  it('refuses the cursor of another account', async () => {
    const { body } = await statement('limit=1', 'assets:cash');
    expectProblem(await statement(`cursor=${body.result.nextCursor}`), 400, 'cursor_malformed');
  });

  it('gives the trial balance as a file that is safe to open', async () => {
    const answer = await fetch(`${shop.api.url}/api/reports/trial-balance?format=csv&asOf=2999-01-01`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="trial-balance-kimchi-mall-2999-01-01.csv"',
    );
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())).toBe(
      [
        '\uFEFFaccount,name,type,currency,opening,debit,credit,closing',
        `assets:cash,"'=1+1, ""cash""",asset,KRW,0,15000,0,15000`,
        `${PENDING},Seller 7,liability,KRW,0,0,15000,15000`,
        '',
      ].join('\r\n'),
    );
  });
});
