import type { Knex } from 'knex';
import type { Ledger } from '../../src/index.ts';
import type { DecidedLine } from '../../src/journal/decide.ts';
import { SPAN_LINES } from '../../src/journal/spans.ts';
import { completeSpans } from '../../src/journal/spans-table.ts';

const CHUNK = 100_000;
/** When the first line was booked, and how long after it the next. */
export const FIRST_BOOKED_MS = Date.UTC(2026, 0, 1);
export const STEP_MS = 500;

/**
 * Fills two accounts with so many lines each, by SQL, as posting would have left them. They are booked one after the other, now
 * and then some 100 ms out of order, and happened up to 3 s before; one in 5,003 happened 20 days earlier, and one in 7,001 three
 * days later.
 */
export async function fillAccounts(
  admin: Knex,
  ledger: Ledger,
  codes: readonly [string, string],
  count: number,
): Promise<void> {
  const ids: number[] = [];
  for (const code of codes) ids.push((await ledger.getAccount(code)).accountId);
  await admin.raw(
    'CREATE TABLE made_lines (n INT PRIMARY KEY, booked_ms BIGINT NOT NULL, effective_ms BIGINT NOT NULL, entry_id BINARY(16) NOT NULL)',
  );
  for (let from = 0; from < count; from += CHUNK) {
    const size = Math.min(CHUNK, count - from);
    await generate(admin, from, size);
    await insertEntries(admin, ledger, from, size);
    for (const [index, id] of ids.entries())
      await insertLines(admin, ledger.ledgerId, id, { from, size, lineNumber: index + 1 });
  }
  await summarise(admin, ledger.ledgerId, ids, count);
  await admin.raw('DROP TABLE made_lines');
  await admin.raw('ANALYZE TABLE journal_entries, journal_lines, line_spans, account_days, account_balances');
}

async function generate(admin: Knex, from: number, size: number): Promise<void> {
  await admin.raw(
    `INSERT INTO made_lines (n, booked_ms, effective_ms, entry_id)
     WITH RECURSIVE digits (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM digits WHERE d < 99),
          numbers (n) AS (SELECT a.d + 100 * b.d + 10000 * c.d + 1 FROM digits AS a, digits AS b, digits AS c WHERE c.d < 10),
          times AS (
            SELECT n + ? AS n, CAST(? + (n + ?) * ? + IF((n + ?) % 17 = 0, -1200, 0) AS SIGNED) AS booked_ms
              FROM numbers WHERE n <= ?
          )
     SELECT n, booked_ms,
            CASE WHEN n % 5003 = 0 THEN booked_ms - 20 * 86400000
                 WHEN n % 7001 = 0 THEN booked_ms + 3 * 86400000
                 ELSE booked_ms - n * 104729 % 3000 END,
            UNHEX(CONCAT(LPAD(HEX(booked_ms), 12, '0'), '70008000', LPAD(HEX(n), 12, '0')))
       FROM times`,
    [from, FIRST_BOOKED_MS, from, STEP_MS, from, size],
  );
}

const instant = (ms: string) => `TIMESTAMPADD(MICROSECOND, ${ms} * 1000, '1970-01-01 00:00:00.000000')`;
const day = (ms: string) => `DATE(TIMESTAMPADD(MICROSECOND, ${ms} * 1000, '1970-01-01 09:00:00.000000'))`;

async function insertEntries(admin: Knex, { ledgerId }: Ledger, from: number, size: number): Promise<void> {
  await admin.raw(
    `INSERT INTO journal_entries
       (ledger_id, entry_id, idempotency_key, fingerprint, kind, description, effective_at, booked_at, effective_day, booked_day, line_count)
     SELECT ?, entry_id, CONCAT('long-', n), UNHEX(SHA2(n, 256)), 'sale', CONCAT('판매 ', n),
            ${instant('effective_ms')}, ${instant('booked_ms')}, ${day('effective_ms')}, ${day('booked_ms')}, 2
       FROM made_lines WHERE n > ? AND n <= ? ORDER BY entry_id`,
    [ledgerId, from, from + size],
  );
}

/** Debits in the one account, credits in the other: 10 to 99 each. */
async function insertLines(
  admin: Knex,
  ledgerId: number,
  accountId: number,
  { from, size, lineNumber }: { from: number; size: number; lineNumber: number },
): Promise<void> {
  const sign = lineNumber === 1 ? 1 : -1;
  await admin.raw(
    `INSERT INTO journal_lines
       (ledger_id, account_id, sequence, entry_id, line_number, amount, balance, effective_at)
     SELECT ?, ?, n, entry_id, ?, ? * (10 + n % 90),
            (SELECT COALESCE(SUM(balance), 0) FROM journal_lines WHERE ledger_id = ? AND account_id = ? AND sequence = ?)
              + ? * SUM(10 + n % 90) OVER (ORDER BY n),
            ${instant('effective_ms')}
       FROM made_lines WHERE n > ? AND n <= ? ORDER BY n`,
    [ledgerId, accountId, lineNumber, sign, ledgerId, accountId, from, sign, from, from + size],
  );
}

async function summarise(admin: Knex, ledgerId: number, ids: number[], count: number): Promise<void> {
  for (const accountId of ids) {
    for (let sequence = SPAN_LINES; sequence <= BigInt(count); sequence += SPAN_LINES)
      await completeSpans(admin, ledgerId, [{ line: { sequence, account: { accountId } } as DecidedLine }]);
  }
  await admin.raw(
    `INSERT INTO account_days (ledger_id, account_id, effective_day, booked_day, debit, credit)
     SELECT l.ledger_id, l.account_id, ${day('g.effective_ms')}, ${day('g.booked_ms')},
            SUM(GREATEST(l.amount, 0)), SUM(GREATEST(-l.amount, 0))
       FROM journal_lines AS l JOIN made_lines AS g ON g.n = l.sequence
      WHERE l.ledger_id = ? AND l.account_id IN (?)
      GROUP BY 1, 2, 3, 4`,
    [ledgerId, ids],
  );
  await admin.raw(
    `UPDATE account_balances AS b JOIN (
       SELECT account_id, SUM(GREATEST(amount, 0)) AS debit, SUM(GREATEST(-amount, 0)) AS credit, MAX(sequence) AS last
         FROM journal_lines WHERE ledger_id = ? AND account_id IN (?) GROUP BY account_id
     ) AS l ON l.account_id = b.account_id
       SET b.posted_debit = l.debit, b.posted_credit = l.credit, b.last_sequence = l.last
     WHERE b.ledger_id = ?`,
    [ledgerId, ids, ledgerId],
  );
}
