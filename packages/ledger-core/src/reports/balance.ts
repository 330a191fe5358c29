import type { Knex } from 'knex';
import { type Account, unknownAccount } from '../accounts/account.ts';
import { selectRows } from '../database/insert-rows.ts';
import { onNormalSide } from '../journal/limits.ts';
import { formatMinor } from '../money/money.ts';

/** What an account holds now. Amounts are text in major units, on the account's normal side: what makes it grow is above zero. */
export interface AccountBalance {
  readonly account: string;
  readonly currency: string;
  /** What entries have moved. */
  readonly posted: string;
  /** What open holds would bring once they are captured. */
  readonly pendingIn: string;
  /** What open holds would take. */
  readonly pendingOut: string;
  /** Posted, less what open holds would take. */
  readonly available: string;
}

interface BalanceRow {
  account_id: number | string;
  posted_debit: string;
  posted_credit: string;
  pending_debit: string;
  pending_credit: string;
}

/** In the order of the accounts: one read of the primary key. */
export async function readBalances(
  db: Knex,
  ledgerId: number,
  accounts: readonly Account[],
): Promise<AccountBalance[]> {
  if (accounts.length === 0) return [];
  const rows = await selectRows<BalanceRow>(
    db,
    `SELECT account_id, CAST(posted_debit AS CHAR) AS posted_debit, CAST(posted_credit AS CHAR) AS posted_credit,
            CAST(pending_debit AS CHAR) AS pending_debit, CAST(pending_credit AS CHAR) AS pending_credit
       FROM account_balances
      WHERE ledger_id = ? AND account_id IN (?)`,
    [ledgerId, accounts.map(({ accountId }) => accountId)],
  );
  const byId = new Map(rows.map((row) => [Number(row.account_id), row]));
  return accounts.map((account) => {
    const row = byId.get(account.accountId);
    if (row === undefined) throw unknownAccount(account.code);
    return toBalance(account, row);
  });
}

function toBalance(account: Account, row: BalanceRow): AccountBalance {
  const { posted, pendingIn, pendingOut } = onNormalSide(account, {
    postedDebit: BigInt(row.posted_debit),
    postedCredit: BigInt(row.posted_credit),
    pendingDebit: BigInt(row.pending_debit),
    pendingCredit: BigInt(row.pending_credit),
  });
  const { code, currency } = account;
  return {
    account: code,
    currency,
    posted: formatMinor(posted, currency),
    pendingIn: formatMinor(pendingIn, currency),
    pendingOut: formatMinor(pendingOut, currency),
    available: formatMinor(posted - pendingOut, currency),
  };
}
