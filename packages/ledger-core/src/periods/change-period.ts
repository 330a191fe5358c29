import type { Knex } from 'knex';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import type { PostingContext } from '../journal/posting.ts';
import { businessDay } from './business-day.ts';
import {
  assertPeriodDecision,
  type ClosedPeriod,
  decidePeriod,
  type PeriodDecision,
  type WantedPeriod,
} from './period.ts';
import {
  findBatchEnd,
  insertTotals,
  lastPeriodNumber,
  readClosedThrough,
  spreadClosedThrough,
  sumDays,
  writePeriodChange,
} from './periods-table.ts';

/** So many accounts are told in one transaction: postings to them wait for it, some ten milliseconds. */
const ACCOUNTS_AT_ONCE = 1_000;
const BEFORE_ALL = '0';

/** What a change came to, and whether there was anything to change. */
export interface ChangedPeriod extends ClosedPeriod {
  readonly isChanged: boolean;
}

/**
 * Closes days or opens them again, in three steps of their own transactions: the ledger's row, from which accounts that are opened
 * from now on take it; every account, a thousand at a time, under the lock that postings take; and what the closed days came to,
 * which is final then. One that dies in between is carried through by asking for the same again.
 * @throws LedgerError `period_malformed`, `period_not_over`, `database_busy`, `database_unreachable`
 */
export async function changePeriod(
  knex: Knex,
  context: PostingContext,
  wanted: WantedPeriod,
  decision: PeriodDecision,
): Promise<ChangedPeriod> {
  assertPeriodDecision(decision);
  const { by, reason } = decision;
  const isChanged = await inTransaction(knex, (trx) => decideAndWrite(trx, context, wanted, { by, reason }));
  for (;;) {
    const number = await tellAccounts(knex, context.ledgerId);
    const period = await inTransaction(knex, (trx) => settle(trx, context.ledgerId, number));
    if (period !== undefined) return { ...period, isChanged };
  }
}

/**
 * What a change would come to if it were made now, without making it.
 * @throws LedgerError `period_not_over`, `database_unreachable`
 */
export function previewPeriod(
  knex: Knex,
  { ledgerId, timeZone, clock }: PostingContext,
  wanted: WantedPeriod,
): Promise<ClosedPeriod> {
  return inSnapshot(knex, async (trx) => {
    const before = await readClosedThrough(trx, ledgerId);
    const closedThrough = decidePeriod(before, wanted, businessDay(clock(), timeZone));
    if (closedThrough instanceof LedgerError) throw closedThrough;
    return { closedThrough, totals: await sumDays(trx, ledgerId, closedThrough) };
  });
}

async function decideAndWrite(
  trx: Knex,
  { ledgerId, timeZone, clock }: PostingContext,
  wanted: WantedPeriod,
  decision: PeriodDecision,
): Promise<boolean> {
  // Waits for accounts that are being opened with what the ledger said before.
  const before = await readClosedThrough(trx, ledgerId, 'update');
  const now = clock();
  const after = decidePeriod(before, wanted, businessDay(now, timeZone));
  if (after instanceof LedgerError) throw after;
  if (after === before) return false;
  const { action } = wanted;
  await writePeriodChange(trx, ledgerId, { action, closedThrough: after, decision, changedAt: now });
  return true;
}

/** Tells every account what the ledger says now, and begins anew where that is changed meanwhile. Returns the change's number. */
async function tellAccounts(knex: Knex, ledgerId: number): Promise<number> {
  let told: number | undefined;
  for (let after: string | undefined = BEFORE_ALL; after !== undefined; ) {
    const from: string = after;
    after = await inTransaction(knex, async (trx) => {
      const closedThrough = await readClosedThrough(trx, ledgerId, 'share');
      const number = await lastPeriodNumber(trx, ledgerId);
      const start = told === undefined || told === number ? from : BEFORE_ALL;
      told = number;
      const upTo = await findBatchEnd(trx, ledgerId, start, ACCOUNTS_AT_ONCE);
      if (upTo !== undefined) await spreadClosedThrough(trx, ledgerId, { after: start, upTo }, closedThrough);
      return upTo;
    });
  }
  return told ?? 0;
}

/** Notes what the closed days came to. Undefined where another change came between, of which not every account may know. */
async function settle(trx: Knex, ledgerId: number, told: number): Promise<ClosedPeriod | undefined> {
  const closedThrough = await readClosedThrough(trx, ledgerId, 'share');
  if ((await lastPeriodNumber(trx, ledgerId)) !== told) return undefined;
  const totals = await sumDays(trx, ledgerId, closedThrough);
  if (told > 0) await insertTotals(trx, ledgerId, told, totals);
  return { closedThrough, totals };
}
