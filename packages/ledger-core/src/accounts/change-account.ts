import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { lockBalances } from '../journal/balances-table.ts';
import type { PostingContext } from '../journal/posting.ts';
import { type AccountDetails, assertAccountCode, unknownAccount } from './account.ts';
import type { AccountDecision, LimitChange } from './account-change.ts';
import { findDetails } from './accounts-table.ts';
import { writeChange } from './changes-table.ts';
import { assertDecision, decideChange, isSameTerms, type WantedChange } from './decide-change.ts';

/** What changes accounts that are there. Each change is kept, with who decided it and why. */
export interface AccountChanger {
  /**
   * Lets nothing be posted to an account or held on it; its holds can be released. Freezing it again changes nothing.
   * @throws LedgerError `account_unknown`, `account_malformed` for a malformed decision, `account_closed`
   */
  freezeAccount(code: string, decision: AccountDecision): Promise<AccountDetails>;
  /**
   * Takes the account back into use.
   * @throws LedgerError `account_unknown`, `account_malformed`, `account_closed`
   */
  unfreezeAccount(code: string, decision: AccountDecision): Promise<AccountDetails>;
  /**
   * Closes an account that holds nothing: posted and pending must be zero.
   * @throws LedgerError `account_unknown`, `account_malformed`, `account_frozen`, `account_not_zero`
   */
  closeAccount(code: string, decision: AccountDecision): Promise<AccountDetails>;
  /**
   * Takes a closed account back into use.
   * @throws LedgerError `account_unknown`, `account_malformed`, `account_frozen`
   */
  reopenAccount(code: string, decision: AccountDecision): Promise<AccountDetails>;
  /**
   * Sets or lifts the limits of an account. The balance may lie beyond the new limit: it then moves only back towards it.
   * @throws LedgerError `account_unknown`, `account_malformed`, `account_closed`, `account_conflict` for a floor above the ceiling
   */
  setLimits(code: string, limits: LimitChange, decision: AccountDecision): Promise<AccountDetails>;
}

export function changeAccounts(trx: Knex, context: PostingContext): AccountChanger {
  const change = (code: string, wanted: WantedChange, decision: AccountDecision) =>
    changeAccount(trx, context, code, wanted, decision);
  return {
    freezeAccount: (code, decision) => change(code, { action: 'freeze' }, decision),
    unfreezeAccount: (code, decision) => change(code, { action: 'unfreeze' }, decision),
    closeAccount: (code, decision) => change(code, { action: 'close' }, decision),
    reopenAccount: (code, decision) => change(code, { action: 'reopen' }, decision),
    setLimits: (code, limits, decision) => change(code, { action: 'set_limits', limits }, decision),
  };
}

/**
 * Changes an account in the caller's transaction, under the lock that posting takes: a posting comes wholly before the change or
 * wholly after it. Wanting what is already so changes nothing, and leaves no record.
 * @throws LedgerError `account_unknown`, `account_malformed`, `account_conflict`, and what decide-change.ts refuses
 */
async function changeAccount(
  trx: Knex,
  { ledgerId, chart, clock }: PostingContext,
  code: string,
  wanted: WantedChange,
  decision: AccountDecision,
): Promise<AccountDetails> {
  assertAccountCode(code);
  assertDecision(decision);
  const { by, reason } = decision;

  const account = (await chart.resolve(trx, [code])).get(code);
  const accountId = account?.accountId ?? 0;
  const balance = (await lockBalances(trx, ledgerId, [accountId])).get(accountId);
  if (account === undefined || balance === undefined) {
    chart.forget([code]);
    throw unknownAccount(code);
  }

  const terms = decideChange(account, balance, wanted);
  if (terms instanceof LedgerError) throw terms;
  if (!isSameTerms(terms, balance)) {
    await writeChange(trx, ledgerId, {
      accountId,
      action: wanted.action,
      ...terms,
      decision: { by, reason },
      changedAt: clock(),
    });
  }
  const details = await findDetails(trx, ledgerId, code);
  if (details === undefined) throw unknownAccount(code);
  return { ...details, ...terms };
}
