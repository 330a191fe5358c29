import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { exponentOf, isOfIso4217, learnCurrency } from '../money/currency.ts';

/**
 * Learns the currencies beyond ISO 4217 in which the ledger has accounts, so that a process need not register them to read it.
 * @throws LedgerError `currency_conflict` when this process has one registered with other decimals
 */
export async function learnCurrencies(db: Knex, ledgerId: number): Promise<void> {
  const rows = await selectRows<{ code: string; exponent: number }>(
    db,
    'SELECT code, exponent FROM currencies WHERE ledger_id = ?',
    [ledgerId],
  );
  for (const { code, exponent } of rows) learnCurrency(code, exponent);
}

/**
 * Learns what the ledger says of a currency, unless ISO 4217 does. Says whether it is known there.
 * @throws LedgerError `currency_conflict`
 */
export async function heedCurrency(db: Knex, ledgerId: number, code: string): Promise<boolean> {
  if (isOfIso4217(code)) return true;
  const [row] = await selectRows<{ exponent: number }>(
    db,
    'SELECT exponent FROM currencies WHERE ledger_id = ? AND code = ?',
    [ledgerId, code],
  );
  if (row !== undefined) learnCurrency(code, row.exponent);
  return row !== undefined;
}

/**
 * Holds the decimals that this process gives to a currency against the ledger's, and writes them where the currency is new to it.
 * @throws LedgerError `currency_conflict`
 */
export async function settleCurrency(trx: Knex, ledgerId: number, code: string): Promise<void> {
  if (await heedCurrency(trx, ledgerId, code)) return;
  const row = [ledgerId, code, exponentOf(code)];
  try {
    await insertRows(trx, 'currencies', ['ledger_id', 'code', 'exponent'], [row]);
  } catch (error) {
    // Another process was first; it has committed by now, and its decimals hold.
    if (!isMysqlError(error, 'duplicateKey')) throw error;
    await heedCurrency(trx, ledgerId, code);
  }
}
