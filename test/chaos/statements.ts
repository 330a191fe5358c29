/** A fail point after each statement by which a relay takes partitions that were read before, in order. */
const TAKING: readonly string[] = [
  // The lock by which others see that it lives, on a session that may be silent.
  'SET',
  'SELECT',
  'SELECT consumer_offsets',
  'SELECT consumer_offsets 2',
  'UPDATE consumer_offsets',
].map((statement) => `relay.taking:${statement}`);

/** A fail point after each statement of a batch that opens accounts and posts entries, in order. */
const APPLYING: readonly string[] = [
  'SELECT consumer_offsets',
  'SELECT inbox',
  'SELECT dead_letters',
  'SELECT accounts',
  'SELECT ledgers',
  'INSERT accounts',
  'INSERT account_balances',
  'SELECT accounts 2',
  'INSERT inbox',
  'INSERT journal_entries',
  'SELECT accounts 3',
  'SELECT account_balances',
  'INSERT journal_lines',
  'INSERT account_balances 2',
  'INSERT consumer_offsets',
].map((statement) => `relay.after:${statement}`);

/** A fail point after each statement of a relay's start and first batch. A relay whose JANGBU_FAIL_POINT is `relay.after:` tells them. */
export const STATEMENT_FAIL_POINTS: readonly string[] = [...TAKING, ...APPLYING];

/** Those, and the ends of a batch: it came from the source, and MySQL has committed it. */
export const FAIL_POINTS: readonly string[] = ['relay.received', ...STATEMENT_FAIL_POINTS, 'relay.applied'];
