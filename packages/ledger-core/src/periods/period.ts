import { LedgerError } from '../errors.ts';
import type { Day } from './business-day.ts';

/** Who decided that days should be closed or opened again, and why. It is kept with the change, for the auditor. */
export interface PeriodDecision {
  /** 1 to 191 characters. */
  readonly by: string;
  /** 1 to 500 characters. */
  readonly reason: string;
}

/** What the closed days of a ledger came to in one currency, as text in major units; an entry more would raise both. */
export interface PeriodTotal {
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
}

/** Which days of a ledger are closed, and what they came to. */
export interface ClosedPeriod {
  /** Nothing is posted that is effective on this business day or an earlier one; null where no day is closed. */
  readonly closedThrough: Day | null;
  readonly totals: readonly PeriodTotal[];
}

/** A change of what is closed, as the history says it. */
export interface PeriodChange {
  /** From 1, without a gap. */
  readonly number: number;
  readonly action: 'close' | 'reopen';
  /** The last closed day after the change. */
  readonly closedThrough: Day | null;
  readonly changedAt: Date;
  readonly decision: PeriodDecision;
  /** Null where the change was not carried through: it is, when the same is asked for again. */
  readonly totals: readonly PeriodTotal[] | null;
}

/** What somebody wants of a ledger's days. */
export interface WantedPeriod {
  readonly action: 'close' | 'reopen';
  /** The last day to close, or the first one to open again. */
  readonly day: Day;
}

/** What is closed after the change: the same as before where there is nothing to change, or why it may not be. */
export function decidePeriod(closed: Day | null, wanted: WantedPeriod, today: Day): Day | null | LedgerError {
  if (wanted.action === 'reopen')
    return closed === null || wanted.day > closed ? closed : dayBefore(wanted.day);
  if (wanted.day >= today) {
    return new LedgerError(
      'period_not_over',
      `${wanted.day} is not over: today is ${today}, and days are closed once they are past.`,
      { through: wanted.day, today },
    );
  }
  return closed !== null && closed >= wanted.day ? closed : wanted.day;
}

/** @throws LedgerError `period_malformed` */
export function assertPeriodDecision(decision: PeriodDecision): void {
  const isText = (value: unknown, most: number) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && value.isWellFormed();
  if (isText(decision?.by, 191) && isText(decision?.reason, 500)) return;
  throw new LedgerError('period_malformed', 'Say who decided (1 to 191 characters) and why (1 to 500).', {
    field: 'decision',
  });
}

/** Null where MySQL has no such day. */
function dayBefore(day: Day): Day | null {
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return before < '1000' ? null : (before as Day);
}
