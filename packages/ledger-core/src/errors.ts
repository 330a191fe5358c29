/**
 * The one error type of the ledger. `code` is stable and meant for programs, `message` says what is wrong and what to do,
 * and `details` carries the values that were refused, ready for JSON (money and sequences as strings).
 */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: LedgerErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LedgerError';
    this.code = code;
    this.details = details;
  }
}

/** Every code that ledger-core throws. docs/reference/errors.md says when, and what to do. */
export type LedgerErrorCode =
  // money
  | 'money_malformed'
  | 'money_too_many_decimals'
  | 'money_out_of_range'
  | 'currency_unknown'
  | 'currency_conflict'
  | 'split_impossible'
  | 'rate_malformed'
  | 'rounding_mode_unknown'
  // accounts
  | 'account_code_malformed'
  | 'account_malformed'
  | 'account_unknown'
  | 'account_conflict'
  | 'account_frozen'
  | 'account_closed'
  | 'account_not_zero'
  // entries
  | 'entry_malformed'
  | 'entry_unbalanced'
  | 'currency_mismatch'
  | 'limit_exceeded'
  | 'balance_overflow'
  | 'period_closed'
  | 'idempotency_conflict'
  // holds and reversals
  | 'hold_unknown'
  | 'hold_closed'
  | 'hold_exceeded'
  | 'entry_unknown'
  | 'reversal_exceeded'
  // periods
  | 'period_malformed'
  | 'period_not_over'
  // reading
  | 'query_malformed'
  | 'cursor_malformed'
  // events
  | 'event_malformed'
  | 'event_unhandled'
  | 'event_unappliable'
  | 'handler_conflict'
  | 'event_crashes'
  | 'event_behind_dead_letter'
  | 'dead_letter_unknown'
  | 'dead_letter_resolved'
  | 'consumer_fenced'
  | 'batch_out_of_place'
  // replay
  | 'replay_malformed'
  | 'replay_range_empty'
  | 'replay_running'
  | 'replay_interrupted'
  | 'replay_target_in_use'
  | 'replay_unknown'
  | 'replay_ended'
  | 'replay_overtaken'
  // the outbox and its archive
  | 'archive_missing'
  | 'archive_damaged'
  | 'archive_unwritable'
  | 'outbox_care_running'
  | 'outbox_busy'
  // ledgers and the database
  | 'ledger_unknown'
  | 'ledger_malformed'
  | 'day_malformed'
  | 'database_busy'
  | 'database_unreachable'
  | 'database_read_only'
  | 'database_full'
  | 'migrations_missing';

/** Whether the ledger refused, with a stable `code`; narrows the type. */
export function isLedgerError(error: unknown): error is LedgerError {
  return error instanceof LedgerError;
}

/** What was refused, for a message: short, and it never fails itself, whatever a caller without types passed. */
export function describeRefused(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value === 'function') return 'a function';
  return `the ${typeof value} ${String(value).slice(0, 80)}`;
}
