import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { toEntryId } from '../journal/entry-id.ts';
import type { StoredEntry } from '../journal/stored-entries-table.ts';
import { formatMinor } from '../money/money.ts';
import { addDayTotals, type DayTotals } from './day-totals.ts';
import { type Finding, MOST_FINDINGS } from './finding.ts';

/** Told of every entry in the order of the ids; keeps what it found and counted, and nothing of the entries. */
export interface EntryCheck {
  take(entry: StoredEntry): void;
  readonly findings: Finding[];
  readonly entries: number;
  readonly lines: number;
}

/**
 * Invariant 1: each entry has its lines and balances per currency; and of invariant 2, that its lines have its time. Adds up each
 * day's turnover on the way, for the check of the day totals.
 * @param currencies by account id
 */
export function createEntryCheck(currencies: ReadonlyMap<string, string>, days: DayTotals): EntryCheck {
  const findings: Finding[] = [];
  let entries = 0;
  let lines = 0;
  return {
    findings,
    get entries() {
      return entries;
    },
    get lines() {
      return lines;
    },
    take(entry) {
      const found = readLines(entry.lines);
      entries += 1;
      lines += found.length;
      for (const line of found) addDayTotals(days, { ...line, ...entry });
      if (findings.length < MOST_FINDINGS) findings.push(...unsound(entry, found, currencies));
    },
  };
}

interface StoredLine {
  readonly accountId: string;
  readonly amount: bigint;
}

function readLines(text: string): StoredLine[] {
  if (text === '') return [];
  return text.split(',').map((line) => {
    const [, accountId = '', , amount = ''] = line.split(':');
    return { accountId, amount: BigInt(amount) };
  });
}

function unsound(
  { entryId, lineCount, isMisdated }: StoredEntry,
  lines: readonly StoredLine[],
  currencies: ReadonlyMap<string, string>,
): Finding[] {
  const where = `entry ${toEntryId(entryId)}`;
  const findings: Finding[] = [];
  if (lines.length !== lineCount)
    findings.push({
      invariant: 1,
      where,
      detail: `has ${lines.length} lines, and was posted with ${lineCount}`,
    });
  else
    for (const [currency, difference] of differencesOf(lines, currencies))
      findings.push({
        invariant: 1,
        where,
        detail: `debits less credits in ${currency} are ${formatMinor(difference, currency)}`,
      });
  // The lines repeat when the entry happened, so that a balance at a past time need not look at the entries.
  if (isMisdated)
    findings.push({
      invariant: 2,
      where,
      detail: 'has lines that are effective at another time than it is',
    });
  return findings;
}

/** Debits less credits, in the currencies in which they are not zero. */
function differencesOf(
  lines: readonly StoredLine[],
  currencies: ReadonlyMap<string, string>,
): [string, bigint][] {
  const sums = new Map<string, bigint>();
  for (const { accountId, amount } of lines) {
    const currency = currencies.get(accountId) ?? '';
    sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  }
  return [...sums].filter(([, sum]) => sum !== 0n);
}

/** Lines whose entry does not exist. Only looked for when there are more lines than the entries have. */
export async function findOrphanLines(
  trx: Knex,
  ledgerId: number,
  { lines }: EntryCheck,
): Promise<Finding[]> {
  const [stored] = await selectRows<{ line_total: number | string }>(
    trx,
    'SELECT COUNT(*) AS line_total FROM journal_lines FORCE INDEX (journal_lines_entry) WHERE ledger_id = ?',
    [ledgerId],
  );
  if (Number(stored?.line_total) === lines) return [];
  const rows = await selectRows<{ entry_id: Buffer }>(
    trx,
    `SELECT DISTINCT l.entry_id
       FROM journal_lines AS l FORCE INDEX (journal_lines_entry)
       LEFT JOIN journal_entries AS e ON e.ledger_id = l.ledger_id AND e.entry_id = l.entry_id
      WHERE l.ledger_id = ? AND e.entry_id IS NULL
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ entry_id }) => ({
    invariant: 1,
    where: `entry ${toEntryId(entry_id)}`,
    detail: 'has lines, but does not exist',
  }));
}
