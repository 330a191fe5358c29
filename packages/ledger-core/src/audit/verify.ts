import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { inSnapshot } from '../database/transaction.ts';
import { checkAccountChanges } from './check-account-changes.ts';
import { checkAccounts } from './check-accounts.ts';
import { type Anchor, createChainCheck } from './check-chain.ts';
import { createEntryCheck, findOrphanLines } from './check-entries.ts';
import { checkEvents, holdOutbox } from './check-events.ts';
import { checkHolds } from './check-holds.ts';
import { checkKeys } from './check-keys.ts';
import { checkLimits } from './check-limits.ts';
import { checkPeriods } from './check-periods.ts';
import { checkReversals } from './check-reversals.ts';
import { checkSpans } from './check-spans.ts';
import { checkTrialBalance } from './check-trial-balance.ts';
import { checkDayTotals, type DayTotals } from './day-totals.ts';
import type { Check, FurtherCheck, Verification } from './finding.ts';
import { readJournal } from './read-journal.ts';

/** What a proof of the books goes by. */
export interface VerifyOptions {
  /** The consumer whose inbox is held against the outbox. */
  consumer: string;
  /** An outbox event older than this, in ms, must have been applied. Default 60,000. */
  lagAllowanceMs?: number;
  /** A block of the hash chain, as it was noted down outside the database. */
  anchor?: Anchor;
  /** What else is to hold: the checks of the services whose tables stand beside the ledger's. */
  further?: readonly FurtherCheck[];
}

/**
 * Proves the ledger from its lines up, while it goes on posting: once entry by entry and once account by account, side by side
 * where there are two connections, and each in a consistent snapshot.
 */
export async function verify(
  knex: Knex,
  ledgerId: number,
  { consumer, lagAllowanceMs = 60_000, anchor, further = [] }: VerifyOptions,
  now: Date,
): Promise<Verification> {
  const settledBefore = new Date(now.getTime() - lagAllowanceMs);
  const [journal, books] = await sideBySide(
    knex,
    (trx) => proveJournal(trx, ledgerId, now, anchor),
    (trx) => proveBooks(trx, ledgerId, { consumer, settledBefore, further }),
  );
  const findings = [...journal.findings, ...books.findings];
  return {
    ok: findings.length === 0,
    checked: { ...journal.counted, ...books.counted },
    sealed: journal.sealed,
    findings: findings.sort((a, b) => a.invariant - b.invariant),
  };
}

/** Entry by entry: each balances, the day totals are theirs, and the chain holds them. */
async function proveJournal(trx: Knex, ledgerId: number, now: Date, anchor: Anchor | undefined) {
  const accounts = await readAccounts(trx, ledgerId);
  const days: DayTotals = new Map();
  const entries = createEntryCheck(new Map(accounts.map((row) => [row.account_id, row.currency])), days);
  const chain = createChainCheck(trx, ledgerId, now, anchor);
  for await (const page of readJournal(trx, ledgerId)) {
    for (const entry of page) entries.take(entry);
    await chain.take(page);
  }
  const orphans = await findOrphanLines(trx, ledgerId, entries);
  const codes = new Map(accounts.map((row) => [row.account_id, row.code]));
  const dayFindings = await checkDayTotals(trx, ledgerId, days, codes);
  const { findings, ...sealed } = await chain.finish();
  return {
    counted: { entries: entries.entries },
    sealed,
    findings: [...entries.findings, ...orphans, ...dayFindings, ...findings],
  };
}

/** Account by account: lines, totals, spans, limits, holds and reversals; beside them keys, events, the trial balance and closed days; and what else is to hold. */
async function proveBooks(
  trx: Knex,
  ledgerId: number,
  {
    consumer,
    settledBefore,
    further,
  }: { consumer: string; settledBefore: Date; further: readonly FurtherCheck[] },
) {
  // From here on partitions of the outbox wait: a table that was changed cannot be read in a snapshot of before.
  await holdOutbox(trx);
  const accounts = await checkAccounts(trx, ledgerId);
  const spans = await checkSpans(trx, ledgerId);
  const changes = await checkAccountChanges(trx, ledgerId);
  const limits = await checkLimits(trx, ledgerId);
  const holds = await checkHolds(trx, ledgerId);
  const reversals = await checkReversals(trx, ledgerId);
  const keys = await checkKeys(trx, ledgerId);
  const events = await checkEvents(trx, ledgerId, consumer, settledBefore);
  const balance = await checkTrialBalance(trx, ledgerId);
  const periods = await checkPeriods(trx, ledgerId);
  const checks: Check[] = [
    accounts,
    spans,
    changes,
    limits,
    holds,
    reversals,
    keys,
    events,
    balance,
    periods,
  ];
  for (const check of further) checks.push(await check(trx, { settledBefore }));
  return {
    counted: Object.assign({ lines: 0, accounts: 0, events: 0 }, ...checks.map(({ counted }) => counted)),
    findings: checks.flatMap(({ findings }) => findings),
  };
}

async function sideBySide<A, B>(
  knex: Knex,
  first: (trx: Knex) => Promise<A>,
  second: (trx: Knex) => Promise<B>,
): Promise<[A, B]> {
  const most = knex.client.pool?.max ?? 1;
  if (most < 2) return [await inSnapshot(knex, first), await inSnapshot(knex, second)];
  return Promise.all([inSnapshot(knex, first), inSnapshot(knex, second)]);
}

function readAccounts(trx: Knex, ledgerId: number) {
  return selectRows<{ account_id: string; code: string; currency: string }>(
    trx,
    'SELECT CAST(account_id AS CHAR) AS account_id, code, currency FROM accounts WHERE ledger_id = ?',
    [ledgerId],
  );
}
