import type { AccountOpening } from '../accounts/account.ts';
import { currency } from '../money/currency.ts';

/** Where the trading accounts stand unless told otherwise: `equity:trading:usd`, `equity:trading:krw`. */
export const DEFAULT_TRADING = 'equity:trading';

/** Under which code a currency's trading account stands: below a prefix, or by name. */
export type TradingAccounts = string | Readonly<Record<string, string>>;

/**
 * What it takes to open the trading accounts through which `exchangeLines` goes, one for each currency:
 * `openAccounts(tradingAccounts(['USD', 'KRW']))`.
 * @throws LedgerError `currency_unknown`
 */
export function tradingAccounts(currencies: readonly string[], prefix = DEFAULT_TRADING): AccountOpening[] {
  return currencies.map((code) => ({
    code: codeBelow(prefix, currency(code)),
    name: `Trading in ${code}`,
    type: 'equity',
    currency: code,
  }));
}

export function tradingCode(code: string, accounts: TradingAccounts): string | undefined {
  if (typeof accounts === 'string') return codeBelow(accounts, code);
  return Object.hasOwn(accounts, code) ? accounts[code] : undefined;
}

function codeBelow(prefix: string, code: string): string {
  return `${prefix}:${code.toLowerCase()}`;
}
