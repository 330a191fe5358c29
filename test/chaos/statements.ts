/**
 * A fail point after each statement of a relay's first batch, in order: partitions are claimed, accounts opened, entries posted. A relay
 * whose JANGBU_FAIL_POINT is `relay.after:` tells them.
 */
export const STATEMENT_FAIL_POINTS: readonly string[] = [
  // Who has the partition?
  'SELECT',
  'SELECT consumer_offsets',
  'SELECT consumer_offsets 2',
  'UPDATE consumer_offsets',
  // The batch, in one transaction.
  'SELECT consumer_offsets 3',
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

/** Those, and the ends of a batch: it came from the source, and MySQL has committed it. */
export const FAIL_POINTS: readonly string[] = ['relay.received', ...STATEMENT_FAIL_POINTS, 'relay.applied'];
