import { describe, expect, it } from '@jest/globals';
import { money } from '../money/money.ts';
import { compose, transfer } from './compose.ts';
import { credit, debit, type Entry } from './entry.ts';
import { prepare } from './prepare.ts';

const won = (amount: string) => money(amount, 'KRW');
const head = { idempotencyKey: 'sale-1', kind: 'sale' };

describe('transfer', () => {
  it('debits where the money goes and credits where it comes from', () => {
    const entry = transfer({
      ...head,
      from: 'revenue:sales',
      to: 'assets:cash',
      amount: won('5'),
      description: '김치',
    });
    expect(entry).toEqual({
      ...head,
      description: '김치',
      lines: [debit('assets:cash', won('5')), credit('revenue:sales', won('5'))],
    });
    expect(() => prepare(entry)).not.toThrow();
  });
});

describe('compose', () => {
  it('writes an entry line by line, each step leaving the one before as it was', () => {
    const debited = compose(head).debit('assets:cash', won('1100'));
    const entry = debited.credit('revenue:sales', won('1000')).credit('liabilities:vat', won('100')).entry();
    expect(entry.lines).toEqual([
      debit('assets:cash', won('1100')),
      credit('revenue:sales', won('1000')),
      credit('liabilities:vat', won('100')),
    ]);
    expect(debited.credit('revenue:sales', won('1100')).entry().lines).toHaveLength(2);
  });

  it('throws where an entry is unbalanced, before it is posted', () => {
    const unbalanced = compose(head).debit('assets:cash', won('2')).credit('revenue:sales', won('1'));
    expect(() => unbalanced.entry()).toThrow(expect.objectContaining({ code: 'entry_unbalanced' }));
  });

  it('does not compile with one side only, and the checker holds this', () => {
    const debited = compose(head).debit('assets:cash', won('1'));
    // @ts-expect-error there is no credit yet
    const entry = (): Entry => debited.entry();
    expect(entry).toThrow(expect.objectContaining({ code: 'entry_malformed' }));
    // @ts-expect-error nor is a half-written entry an entry
    const notAnEntry: Entry = debited;
    expect(notAnEntry.lines).toBeUndefined();
  });
});
