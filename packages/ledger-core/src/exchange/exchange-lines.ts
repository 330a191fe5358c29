import type { Side } from '../accounts/account.ts';
import { LedgerError } from '../errors.ts';
import type { Line } from '../journal/entry.ts';
import { assertMoney, minorUnits } from '../money/money.ts';
import { DEFAULT_TRADING, type TradingAccounts, tradingCode } from './trading-accounts.ts';

/** Money that moves from one currency to another. */
export interface Exchange {
  /** What is given, in one currency. Several lines where a fee is kept back in it. */
  readonly from: Line | readonly Line[];
  /** What is received, in another currency, on the other side. Several lines where a fee is kept back in it. */
  readonly to: Line | readonly Line[];
  /** The trading accounts: a prefix, by default `equity:trading`, or a code for each currency. */
  readonly trading?: TradingAccounts;
}

/**
 * The lines of an exchange, balanced in each currency: what is given goes into a trading account of its currency, and what is
 * received comes out of one of the other.
 *
 * ```ts
 * const dollars = money('10.00', 'USD');
 * exchangeLines({
 *   from: debit('liabilities:wallets:7:usd', dollars),
 *   to: credit('liabilities:wallets:7:krw', convert(dollars, 'KRW', '1391.50')),
 * });
 * // debit  liabilities:wallets:7:usd  10.00 USD
 * // credit equity:trading:usd         10.00 USD
 * // debit  equity:trading:krw        13,915 KRW
 * // credit liabilities:wallets:7:krw 13,915 KRW
 * ```
 *
 * Both amounts are posted as they are given; nothing is rounded here. What `convert` rounded away, less than one minor unit, is
 * neither lost nor booked as a line: the trading accounts hold what was given and what was received, so it is part of
 * their gain or loss once they are valued at one rate, like any difference between two rates.
 * @throws LedgerError `entry_malformed` when either side comes to nothing, when both stand on the same side or in the same
 *   currency, or when a currency has no trading account; `currency_mismatch` when one side has several currencies
 */
export function exchangeLines({ from, to, trading = DEFAULT_TRADING }: Exchange): Line[] {
  const given = netOf('from', from);
  const received = netOf('to', to);
  if (given.currency === received.currency)
    throw malformed('to', 'is in another currency than from', { currency: given.currency });
  if (given.side === received.side)
    throw malformed('to', `is a ${opposite(given.side)}, because from is a ${given.side}`);
  return [
    ...given.lines,
    throughTrading(given, trading),
    throughTrading(received, trading),
    ...received.lines,
  ];
}

/** What one side of the exchange comes to. */
interface Net {
  readonly lines: readonly Line[];
  readonly currency: string;
  readonly side: Side;
  readonly minor: bigint;
}

function netOf(field: 'from' | 'to', given: Exchange['from']): Net {
  const lines: readonly Line[] = Array.isArray(given) ? given : [given];
  let total = 0n;
  let currency: string | undefined;
  for (const { side, amount } of lines) {
    assertMoney(amount);
    currency ??= amount.currency;
    if (amount.currency !== currency) {
      throw new LedgerError(
        'currency_mismatch',
        `${field} is in one currency, and has ${currency} and ${amount.currency}.`,
        { field, currency, otherCurrency: amount.currency },
      );
    }
    total += side === 'debit' ? amount.minor : -amount.minor;
  }
  if (currency === undefined || total === 0n) throw malformed(field, 'comes to something other than zero');
  return { lines, currency, side: total > 0n ? 'debit' : 'credit', minor: total > 0n ? total : -total };
}

function throughTrading({ currency, side, minor }: Net, trading: TradingAccounts): Line {
  const account = tradingCode(currency, trading);
  if (account === undefined)
    throw malformed('trading', `names an account for each currency, and has none for ${currency}`, {
      currency,
    });
  return { account, side: opposite(side), amount: minorUnits(minor, currency) };
}

function opposite(side: Side): Side {
  return side === 'debit' ? 'credit' : 'debit';
}

function malformed(field: string, rule: string, details: Record<string, unknown> = {}): LedgerError {
  return new LedgerError('entry_malformed', `${field} ${rule}.`, { field, ...details });
}
