import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { credit, debit, type Line } from '../journal/entry.ts';
import { prepare } from '../journal/prepare.ts';
import { minorUnits, money } from '../money/money.ts';
import { convert } from '../money/rounding.ts';
import { exchangeLines } from './exchange-lines.ts';
import { tradingAccounts } from './trading-accounts.ts';

const dollars = money('10.00', 'USD');
const won = money('13915', 'KRW');
const from = debit('liabilities:wallets:7:usd', dollars);
const to = credit('liabilities:wallets:7:krw', won);

describe('exchangeLines', () => {
  it('goes through a trading account of each currency', () => {
    expect(exchangeLines({ from, to })).toEqual([
      debit('liabilities:wallets:7:usd', dollars),
      credit('equity:trading:usd', dollars),
      debit('equity:trading:krw', won),
      credit('liabilities:wallets:7:krw', won),
    ]);
  });

  it('turns the sides where accounts of ours give and receive', () => {
    const lines = exchangeLines({
      from: credit('assets:bank:usd', dollars),
      to: debit('assets:bank:krw', won),
    });
    expect(lines.map(({ account, side }) => [account, side])).toEqual([
      ['assets:bank:usd', 'credit'],
      ['equity:trading:usd', 'debit'],
      ['equity:trading:krw', 'credit'],
      ['assets:bank:krw', 'debit'],
    ]);
  });

  it('takes the trading accounts by a prefix, or each by name', () => {
    const codes = (trading: string | Record<string, string>) =>
      exchangeLines({ from, to, trading })
        .slice(1, 3)
        .map(({ account }) => account);
    expect(codes('equity:fx')).toEqual(['equity:fx:usd', 'equity:fx:krw']);
    expect(codes({ USD: 'assets:desk:usd', KRW: 'assets:desk:won' })).toEqual([
      'assets:desk:usd',
      'assets:desk:won',
    ]);
  });

  it('leaves a fee of either currency out of the trade', () => {
    const lines = exchangeLines({
      from: [from, credit('revenue:fees:usd', money('0.50', 'USD'))],
      to: [to, debit('assets:float:krw', money('15', 'KRW'))],
    });
    expect(lines.slice(2, 4)).toEqual([
      credit('equity:trading:usd', money('9.50', 'USD')),
      debit('equity:trading:krw', money('13900', 'KRW')),
    ]);
  });

  it('makes an entry that may be posted, at any amount and rate that leave something', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        fc.boolean(),
        (minor, rate, isOurs) => {
          const given = minorUnits(minor, 'USD');
          const received = convert(given, 'KRW', rate.toString());
          fc.pre(received.minor > 0n);
          const [give, take] = isOurs ? [credit, debit] : [debit, credit];
          const lines = exchangeLines({ from: give('a:usd', given), to: take('a:krw', received) });
          expect(() => prepare({ idempotencyKey: 'fx', kind: 'exchange', lines })).not.toThrow();
        },
      ),
    );
  });

  it.each<[string, Parameters<typeof exchangeLines>[0], string, string]>([
    ['nothing given', { from: [], to }, 'entry_malformed', 'from'],
    ['nothing received', { from, to: credit('a', money('0', 'KRW')) }, 'entry_malformed', 'to'],
    ['all given back', { from: [from, credit('b', dollars)], to }, 'entry_malformed', 'from'],
    ['one currency', { from, to: credit('a', dollars) }, 'entry_malformed', 'to'],
    ['one side', { from, to: debit('a', won) }, 'entry_malformed', 'to'],
    ['no trading account', { from, to, trading: { USD: 'a:usd' } }, 'entry_malformed', 'trading'],
    ['a name that every object has', { from, to, trading: {} }, 'entry_malformed', 'trading'],
    ['two currencies on one side', { from: [from, to], to }, 'currency_mismatch', 'from'],
  ])('refuses %s', (_, exchange, code, field) => {
    expect(refusal(() => exchangeLines(exchange))).toMatchObject({ code, details: { field } });
  });

  it('refuses an amount that is not money', () => {
    const line = { account: 'a', side: 'credit', amount: 5 } as unknown as Line;
    expect(refusal(() => exchangeLines({ from, to: line })).code).toBe('money_malformed');
  });
});

describe('tradingAccounts', () => {
  it('opens what exchangeLines posts to', () => {
    const codes = exchangeLines({ from, to })
      .slice(1, 3)
      .map(({ account }) => account);
    expect(tradingAccounts(['USD', 'KRW']).map(({ code }) => code)).toEqual(codes);
    expect(tradingAccounts(['USD'], 'equity:fx')).toEqual([
      { code: 'equity:fx:usd', name: 'Trading in USD', type: 'equity', currency: 'USD' },
    ]);
  });

  it('refuses an unknown currency', () => {
    expect(refusal(() => tradingAccounts(['XXX'])).code).toBe('currency_unknown');
  });
});
