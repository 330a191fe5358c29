import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { inSnapshot } from '../database/transaction.ts';
import { checkAccountChanges } from './check-account-changes.ts';
import { checkAccounts } from './check-accounts.ts';
import { type Anchor, checkChain } from './check-chain.ts';
import { checkEntries } from './check-entries.ts';
import { checkEvents } from './check-events.ts';
import { checkKeys } from './check-keys.ts';
import { checkSpans } from './check-spans.ts';
import { checkTrialBalance } from './check-trial-balance.ts';
import { checkDayTotals, type DayTotals } from './day-totals.ts';
import type { Verification } from './finding.ts';

export interface VerifyOptions {
  /** The consumer whose inbox is held against the outbox. */
  consumer: string;
  /** An outbox event older than this, in ms, must have been applied. Default 60,000. */
  lagAllowanceMs?: number;
  /** A block of the hash chain, as it was noted down outside the database. */
  anchor?: Anchor;
}

/** Proves the ledger from its lines up, in one consistent snapshot, while it goes on posting. */
export function verify(
  knex: Knex,
  ledgerId: number,
  { consumer, lagAllowanceMs = 60_000, anchor }: VerifyOptions,
  now: Date,
): Promise<Verification> {
  return inSnapshot(knex, async (trx) => {
    const days: DayTotals = new Map();
    const entries = await checkEntries(trx, ledgerId, days);
    const accounts = await checkAccounts(trx, ledgerId);
    const spans = await checkSpans(trx, ledgerId);
    const changes = await checkAccountChanges(trx, ledgerId);
    const dayFindings = await checkDayTotals(trx, ledgerId, days, await readCodes(trx, ledgerId));
    const keys = await checkKeys(trx, ledgerId);
    const events = await checkEvents(trx, ledgerId, consumer, new Date(now.getTime() - lagAllowanceMs));
    const balance = await checkTrialBalance(trx, ledgerId);
    const chain = await checkChain(trx, ledgerId, now, anchor);
    const findings = [entries, accounts, spans, changes, keys, events, balance, chain]
      .flatMap((check) => check.findings)
      .concat(dayFindings);
    return {
      ok: findings.length === 0,
      checked: {
        entries: 0,
        lines: 0,
        accounts: 0,
        events: 0,
        ...entries.counted,
        ...accounts.counted,
        ...events.counted,
      },
      sealed: chain.chain,
      findings: [...findings].sort((a, b) => a.invariant - b.invariant),
    };
  });
}

async function readCodes(trx: Knex, ledgerId: number): Promise<Map<string, string>> {
  const rows = await selectRows<{ account_id: string; code: string }>(
    trx,
    'SELECT CAST(account_id AS CHAR) AS account_id, code FROM accounts WHERE ledger_id = ?',
    [ledgerId],
  );
  return new Map(rows.map(({ account_id, code }) => [account_id, code]));
}
