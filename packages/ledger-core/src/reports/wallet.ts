import type { Knex } from 'knex';
import { assertAccountCode } from '../accounts/account.ts';
import { selectRows } from '../database/insert-rows.ts';
import { exponentOf } from '../money/currency.ts';
import { formatMinor } from '../money/money.ts';
import { walletCodes } from '../settlement/settlement-accounts.ts';

/** A seller's money, as text in major units. */
export interface Wallet {
  readonly sellerId: string;
  readonly currency: string;
  /** Earned, not yet released. */
  readonly pending: string;
  /** Released, to be paid out. */
  readonly available: string;
  /** Held back, for instance for a dispute. */
  readonly onHold: string;
  /** What the seller owes the platform, for instance after a refund beyond the wallet. */
  readonly owed: string;
}

/** Reads the four accounts of a wallet by their codes; an account that was never opened counts as zero. */
export async function readWallet(
  db: Knex,
  ledgerId: number,
  sellerId: string,
  currency: string,
): Promise<Wallet> {
  const codes = walletCodes(sellerId);
  assertAccountCode(codes.pending);
  exponentOf(currency);
  const rows = await selectRows<{ code: string; balance: string }>(
    db,
    `SELECT a.code, CAST(b.posted_credit - b.posted_debit AS CHAR) AS balance
       FROM accounts AS a
       JOIN account_balances AS b ON b.ledger_id = a.ledger_id AND b.account_id = a.account_id
      WHERE a.ledger_id = ? AND a.code IN (?) AND a.currency = ?`,
    [ledgerId, Object.values(codes), currency],
  );
  const credits = new Map(rows.map(({ code, balance }) => [code, BigInt(balance)]));
  const creditOf = (code: string) => credits.get(code) ?? 0n;
  return {
    sellerId,
    currency,
    pending: formatMinor(creditOf(codes.pending), currency),
    available: formatMinor(creditOf(codes.available), currency),
    onHold: formatMinor(creditOf(codes.onHold), currency),
    owed: formatMinor(-creditOf(codes.owed), currency),
  };
}
