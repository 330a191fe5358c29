import type { LedgerError, LedgerErrorCode } from '../errors.ts';
import type { Outcome } from '../journal/decide-groups.ts';
import type { EntryId, HoldId } from '../journal/entry.ts';
import type { Day } from '../periods/business-day.ts';

/** Something that the ledger tells its watchers once it is committed, or has been refused. */
export type LedgerNotice =
  | { readonly type: 'entry_posted'; readonly entryId: EntryId; readonly idempotencyKey: string }
  | { readonly type: 'entry_rejected'; readonly idempotencyKey: string; readonly code: LedgerErrorCode }
  | {
      readonly type: 'limit_reached';
      readonly idempotencyKey: string;
      readonly account: string;
      readonly limit: 'floor' | 'ceiling';
    }
  | { readonly type: 'hold_placed'; readonly holdId: HoldId; readonly idempotencyKey: string }
  | { readonly type: 'hold_captured'; readonly holdId: HoldId; readonly entryId: EntryId }
  | { readonly type: 'hold_released'; readonly holdId: HoldId }
  | { readonly type: 'hold_expired'; readonly holdId: HoldId }
  | { readonly type: 'period_closed' | 'period_reopened'; readonly closedThrough: Day | null }
  | {
      readonly type: 'event_parked';
      readonly eventId: string;
      readonly eventType: string;
      readonly aggregateId: string;
      readonly code: LedgerErrorCode;
      readonly reason: string;
    };

/** What there is to tell of a posting: nothing for one that had been posted before. */
export function noticesOf(idempotencyKey: string, outcome: Outcome): LedgerNotice[] {
  if (outcome.status === 'replayed') return [];
  if (outcome.status === 'rejected') return refusalNotices(idempotencyKey, outcome.error);
  return [{ type: 'entry_posted', entryId: outcome.posted.entryId, idempotencyKey }];
}

export function refusalNotices(
  idempotencyKey: string,
  { code, details }: Pick<LedgerError, 'code' | 'details'>,
): LedgerNotice[] {
  const rejection = { type: 'entry_rejected', idempotencyKey, code } as const;
  if (code !== 'limit_exceeded') return [rejection];
  const limit = details.limit === 'floor' ? 'floor' : 'ceiling';
  return [rejection, { type: 'limit_reached', idempotencyKey, account: String(details.account), limit }];
}
