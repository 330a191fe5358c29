import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { formatMinor } from '../money/money.ts';
import { addDayTotals, type DayTotals } from './day-totals.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

const PAGE = 2_000;

interface PageRow {
  entry_id: Buffer;
  line_count: number;
}

interface LineSumRow {
  entry_id: Buffer;
  account_id: string;
  currency: string;
  effective_day: string;
  booked_day: string;
  debit: string;
  credit: string;
  lines_found: number | string;
  misdated: number | string;
}

/**
 * Invariant 1: each entry has its lines and balances per currency; and of invariant 2, that its lines have its time. Reads entries in pages along the primary key, so memory
 * does not grow with the journal. Adds up each day's turnover on the way, for the check of the day totals.
 */
export async function checkEntries(trx: Knex, ledgerId: number, days: DayTotals): Promise<Check> {
  const findings: Finding[] = [];
  let entries = 0;
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const page = await readPage(trx, ledgerId, after);
    const last = page.at(-1);
    if (last === undefined) break;
    const sums = await sumLines(trx, ledgerId, page[0]?.entry_id ?? last.entry_id, last.entry_id);
    for (const sum of sums) addDayTotals(days, sum);
    findings.push(...[...unsound(page, sums), ...misdated(sums)].slice(0, MOST_FINDINGS - findings.length));
    entries += page.length;
    after = last.entry_id;
  }
  const orphans = await findOrphanLines(trx, ledgerId);
  findings.push(...orphans);
  return { counted: { entries }, findings };
}

function unsound(page: readonly PageRow[], sums: readonly LineSumRow[]): Finding[] {
  const byEntry = new Map<string, { lines: number; differences: Map<string, bigint> }>();
  for (const row of sums) {
    const key = row.entry_id.toString('hex');
    const entry = byEntry.get(key) ?? { lines: 0, differences: new Map<string, bigint>() };
    entry.lines += Number(row.lines_found);
    entry.differences.set(
      row.currency,
      (entry.differences.get(row.currency) ?? 0n) + BigInt(row.debit) - BigInt(row.credit),
    );
    byEntry.set(key, entry);
  }
  return page.flatMap(({ entry_id, line_count }): Finding[] => {
    const where = `entry ${toEntryId(entry_id)}`;
    const found = byEntry.get(entry_id.toString('hex'));
    const count = found?.lines ?? 0;
    if (count !== line_count)
      return [{ invariant: 1, where, detail: `has ${count} lines, and was posted with ${line_count}` }];
    return [...(found?.differences ?? [])]
      .filter(([, difference]) => difference !== 0n)
      .map(([code, difference]) => ({
        invariant: 1,
        where,
        detail: `debits less credits in ${code} are ${formatMinor(difference, code)}`,
      }));
  });
}

/** The lines repeat when the entry happened, so that a balance at a past time need not look at the entries. */
function misdated(sums: readonly LineSumRow[]): Finding[] {
  return sums
    .filter((row) => Number(row.misdated) > 0)
    .map(({ entry_id }) => ({
      invariant: 2,
      where: `entry ${toEntryId(entry_id)}`,
      detail: 'has lines that are effective at another time than it is',
    }));
}

function readPage(trx: Knex, ledgerId: number, after: Buffer): Promise<PageRow[]> {
  return selectRows<PageRow>(
    trx,
    'SELECT entry_id, line_count FROM journal_entries WHERE ledger_id = ? AND entry_id > ? ORDER BY entry_id LIMIT ?',
    [ledgerId, after, PAGE],
  );
}

function sumLines(trx: Knex, ledgerId: number, first: Buffer, last: Buffer): Promise<LineSumRow[]> {
  return selectRows<LineSumRow>(
    trx,
    `SELECT e.entry_id, CAST(l.account_id AS CHAR) AS account_id, a.currency,
            CAST(e.effective_day AS CHAR) AS effective_day, CAST(e.booked_day AS CHAR) AS booked_day,
            CAST(SUM(GREATEST(l.amount, 0)) AS CHAR) AS debit, CAST(SUM(GREATEST(-l.amount, 0)) AS CHAR) AS credit,
            COUNT(*) AS lines_found, SUM(l.effective_at <> e.effective_at) AS misdated
       FROM journal_entries AS e
       JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE e.ledger_id = ? AND e.entry_id BETWEEN ? AND ?
      GROUP BY e.entry_id, l.account_id, a.currency, e.effective_day, e.booked_day`,
    [ledgerId, first, last],
  );
}

/** Lines whose entry does not exist. */
async function findOrphanLines(trx: Knex, ledgerId: number): Promise<Finding[]> {
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
