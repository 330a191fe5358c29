import { describe, expect, it } from '@jest/globals';
import { check } from './check.ts';
import type { JournalEntry } from './step.ts';

const ORDER = { orderId: 'o', orderName: 'n', amount: 38_000, currency: 'KRW', lines: [{ sellerId: '1' }] };
const ENTRY: JournalEntry = {
  entryId: 'ent_1',
  description: '',
  lines: [
    { account: 'assets:receivables:tosspayments', side: 'debit', amount: '38000' },
    { account: 'liabilities:sellers:1:pending', side: 'credit', amount: '35910' },
    { account: 'revenue:platform-fees', side: 'credit', amount: '1900' },
    { account: 'liabilities:vat-payable', side: 'credit', amount: '190' },
  ],
};
const WALLET = { sellerId: '1', before: '100', after: '36010' };
const TOTALS = [{ debit: '38000', credit: '38000' }];

function broken(...parameters: Parameters<typeof check>): string[] {
  return Object.entries(check(...parameters))
    .filter(([, holds]) => !holds)
    .map(([name]) => name);
}

describe('check', () => {
  it('holds for a sound payment', () => {
    expect(broken(ORDER, [ENTRY], [WALLET], TOTALS)).toEqual([]);
  });

  it('allows a wallet that other payments moved at the same time', () => {
    expect(broken(ORDER, [ENTRY], [{ ...WALLET, after: '99999' }], TOTALS)).toEqual([]);
  });

  it.each([
    ['the entries debit what was paid', [{ ...ORDER, amount: 1 }, [ENTRY], [WALLET], TOTALS]],
    ['the entries debit what was paid', [ORDER, [ENTRY, ENTRY], [WALLET], TOTALS]],
    ['each entry balances', [ORDER, [{ ...ENTRY, lines: ENTRY.lines.slice(0, 3) }], [WALLET], TOTALS]],
    ['each wallet grew by what its entry credits', [ORDER, [ENTRY], [{ ...WALLET, after: '36009' }], TOTALS]],
    ['each wallet grew by what its entry credits', [ORDER, [ENTRY], [{ ...WALLET, sellerId: '2' }], TOTALS]],
    ['the trial balance proves itself', [ORDER, [ENTRY], [WALLET], [{ debit: '2', credit: '1' }]]],
  ] as [string, Parameters<typeof check>][])('sees that it is not so: %s', (name, parameters) => {
    expect(broken(...parameters)).toContain(name);
  });
});
