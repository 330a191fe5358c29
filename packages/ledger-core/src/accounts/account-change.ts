import type { AccountDetails, AccountStatus } from './account.ts';

/** Who decided that an account should change, and why. It is kept with the change, for the auditor. */
export interface AccountDecision {
  /** 1 to 191 characters. */
  readonly by: string;
  /** 1 to 500 characters. */
  readonly reason: string;
}

/** What was done to an account, as its history says it. */
export type AccountAction = 'open' | 'freeze' | 'unfreeze' | 'close' | 'reopen' | 'set_limits';

/** Limits to set, in minor units on the account's normal side: `null` lifts a limit, and one that is left out stays. */
export interface LimitChange {
  readonly floor?: bigint | null;
  readonly ceiling?: bigint | null;
}

/** A change of an account, with the status and limits that it left. */
export interface AccountChange {
  /** From 1, without a gap. */
  readonly number: number;
  readonly action: AccountAction;
  readonly status: AccountStatus;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  /** The account's last line at that moment: its later lines were posted under this change. */
  readonly lastSequence: number;
  readonly changedAt: Date;
  /** Null only for an opening. */
  readonly decision: AccountDecision | null;
}

/** What a change changes. */
export type AccountTerms = Pick<AccountDetails, 'status' | 'floor' | 'ceiling'>;
