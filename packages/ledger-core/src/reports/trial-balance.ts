import type { Knex } from 'knex';
import { type AccountType, normalSide } from '../accounts/account.ts';
import { readHead } from '../chain/chain-table.ts';
import { selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import { inSnapshot } from '../database/transaction.ts';
import { firstEntryIdAt } from '../journal/entry-id.ts';
import { formatMinor } from '../money/money.ts';
import { malformedQuery } from '../paging/page.ts';
import { businessDay, type Day, parseDay } from '../periods/business-day.ts';
import { SETTLEMENT_CONSUMER } from '../settlement/payment-confirmed.ts';
import { checkInstant } from './times.ts';

/** Which days and accounts a trial balance covers. */
export interface TrialBalanceOptions {
  /** The last effective day that counts. Defaults to every day there is. */
  asOf?: Day;
  /** The first day of the period whose turnover is shown; what came before is the opening. Defaults to the beginning. */
  from?: Day;
  /** Only what was booked up to this instant. Defaults to all that is booked. */
  knownAt?: Date;
}

/** One account. Amounts are text in major units; opening and closing are on the account's normal side, debit and credit are turnover. */
export interface TrialBalanceRow {
  readonly account: string;
  readonly name: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly opening: string;
  readonly debit: string;
  readonly credit: string;
  readonly closing: string;
}

/** Every account's opening, turnover and closing, as of a day and as known at an instant; debits equal credits in each currency. */
export interface TrialBalance {
  readonly ledger: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly rows: readonly TrialBalanceRow[];
  /** Per currency the sums of the closing balances by side; equal in sound books. */
  readonly totals: readonly { readonly currency: string; readonly debit: string; readonly credit: string }[];
  /** The outbox seq of the last event whose effect is in these figures; null when none is. */
  readonly outboxSeq: string | null;
  /** The digest of the last sealed block; null while none is sealed. */
  readonly chainHead: string | null;
}

export interface ReportedLedger {
  readonly ledgerId: number;
  readonly name: string;
  readonly timeZone: string;
}

interface SumRow {
  account_id: string;
  opening: string;
  debit: string;
  credit: string;
}

interface AccountRow {
  account_id: string;
  code: string;
  name: string;
  type: AccountType;
  currency: string;
}

const FIRST_DAY = '1000-01-01';
const LAST_DAY = '9999-12-31';
/** A booked day begins at most this long before any instant of it, in any time zone and through any change of its offset. */
const DAY_WITH_MARGIN_MS = 27 * 3_600_000;

/** Every figure comes from one consistent snapshot, so that a report made while entries are posted still balances. */
export function trialBalance(
  knex: Knex,
  ledger: ReportedLedger,
  options: TrialBalanceOptions,
  now: Date,
): Promise<TrialBalance> {
  assertOptions(options);
  return inSnapshot(knex, async (trx) => {
    const sums = await sumTurnovers(trx, ledger, options);
    const accounts = await selectRows<AccountRow>(
      trx,
      'SELECT CAST(account_id AS CHAR) AS account_id, code, name, type, currency FROM accounts WHERE ledger_id = ? ORDER BY code',
      [ledger.ledgerId],
    );
    const outboxSeq = await lastAppliedSeq(trx, ledger.ledgerId, options.knownAt ?? now);
    const rows = accounts.flatMap((account) => {
      const sum = sums.get(account.account_id);
      return sum === undefined ? [] : [toRow(account, sum)];
    });
    return {
      ledger: ledger.name,
      asOf: options.asOf ?? businessDay(now, ledger.timeZone),
      knownAt: (options.knownAt ?? now).toISOString(),
      rows: rows.map(({ row }) => row),
      totals: totalsOf(rows),
      outboxSeq,
      chainHead: (await readHead(trx, ledger.ledgerId))?.digest.toString('hex') ?? null,
    };
  });
}

/** @throws LedgerError `day_malformed`, `query_malformed` */
function assertOptions({ asOf, from, knownAt }: TrialBalanceOptions): void {
  for (const day of [asOf, from]) if (day !== undefined) parseDay(day);
  if (asOf !== undefined && from !== undefined && from > asOf)
    throw malformedQuery('from', from, `is no later than asOf, ${asOf}`);
  if (knownAt !== undefined) checkInstant('knownAt', knownAt);
}

interface Sum {
  opening: bigint;
  debit: bigint;
  credit: bigint;
}

/** Day totals give all whole booked days; only the day that knownAt falls into is summed from its lines. */
async function sumTurnovers(
  trx: Knex,
  ledger: ReportedLedger,
  { asOf, from, knownAt }: TrialBalanceOptions,
): Promise<Map<string, Sum>> {
  const bounds = { asOf: asOf ?? LAST_DAY, from: from ?? FIRST_DAY };
  const knownDay = knownAt === undefined ? undefined : businessDay(knownAt, ledger.timeZone);
  const sums = new Map<string, Sum>();
  for (const row of await sumWholeDays(trx, ledger.ledgerId, bounds, knownDay)) add(sums, row);
  if (knownAt !== undefined && knownDay !== undefined) {
    for (const row of await sumPartOfDay(trx, ledger.ledgerId, bounds, knownDay, knownAt)) add(sums, row);
  }
  return sums;
}

function sumWholeDays(
  trx: Knex,
  ledgerId: number,
  { asOf, from }: { asOf: string; from: string },
  before?: Day,
): Promise<SumRow[]> {
  return selectRows<SumRow>(
    trx,
    `SELECT CAST(account_id AS CHAR) AS account_id,
            CAST(SUM(IF(effective_day < ?, debit - credit, 0)) AS CHAR) AS opening,
            CAST(SUM(IF(effective_day < ?, 0, debit)) AS CHAR) AS debit,
            CAST(SUM(IF(effective_day < ?, 0, credit)) AS CHAR) AS credit
       FROM account_turnovers
      WHERE ledger_id = ? AND effective_day <= ? AND booked_day < ?
      GROUP BY account_id`,
    [from, from, from, ledgerId, asOf, before ?? LAST_DAY],
  );
}

function sumPartOfDay(
  trx: Knex,
  ledgerId: number,
  { asOf, from }: { asOf: string; from: string },
  day: Day,
  knownAt: Date,
): Promise<SumRow[]> {
  return selectRows<SumRow>(
    trx,
    `SELECT CAST(l.account_id AS CHAR) AS account_id,
            CAST(SUM(IF(e.effective_day < ?, l.amount, 0)) AS CHAR) AS opening,
            CAST(SUM(IF(e.effective_day < ?, 0, GREATEST(l.amount, 0))) AS CHAR) AS debit,
            CAST(SUM(IF(e.effective_day < ?, 0, GREATEST(-l.amount, 0))) AS CHAR) AS credit
       FROM journal_entries AS e FORCE INDEX (PRIMARY)
       JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
      WHERE e.ledger_id = ? AND e.entry_id >= ? AND e.entry_id < ?
        AND e.booked_day = ? AND e.booked_at <= ? AND e.effective_day <= ?
      GROUP BY l.account_id`,
    [
      from,
      from,
      from,
      ledgerId,
      firstEntryIdAt(new Date(knownAt.getTime() - DAY_WITH_MARGIN_MS)),
      firstEntryIdAt(new Date(knownAt.getTime() + 1)),
      day,
      toSqlInstant(knownAt),
      asOf,
    ],
  );
}

/** Walks back from the last entry known, along the primary key, to the first that an event brought. */
async function lastAppliedSeq(trx: Knex, ledgerId: number, knownAt: Date): Promise<string | null> {
  const [row] = await selectRows<{ seq: string }>(
    trx,
    `SELECT CAST(i.outbox_seq AS CHAR) AS seq
       FROM journal_entries AS e FORCE INDEX (PRIMARY)
       JOIN inbox AS i ON i.ledger_id = e.ledger_id AND i.consumer = ? AND i.event_id = e.event_id
      WHERE e.ledger_id = ? AND e.entry_id < ? AND e.booked_at <= ?
      ORDER BY e.entry_id DESC
      LIMIT 1`,
    [SETTLEMENT_CONSUMER, ledgerId, firstEntryIdAt(new Date(knownAt.getTime() + 1)), toSqlInstant(knownAt)],
  );
  return row?.seq ?? null;
}

function add(sums: Map<string, Sum>, row: SumRow): void {
  const sum = sums.get(row.account_id) ?? { opening: 0n, debit: 0n, credit: 0n };
  sum.opening += BigInt(row.opening);
  sum.debit += BigInt(row.debit);
  sum.credit += BigInt(row.credit);
  sums.set(row.account_id, sum);
}

interface RowWithClosing {
  readonly row: TrialBalanceRow;
  /** Debits less credits. */
  readonly closing: bigint;
}

function toRow(account: AccountRow, { opening, debit, credit }: Sum): RowWithClosing {
  const { code, name, type, currency } = account;
  const closing = opening + debit - credit;
  const onNormalSide = (minor: bigint) =>
    formatMinor(normalSide(type) === 'debit' ? minor : -minor, currency);
  const row = {
    account: code,
    name,
    type,
    currency,
    opening: onNormalSide(opening),
    debit: formatMinor(debit, currency),
    credit: formatMinor(credit, currency),
    closing: onNormalSide(closing),
  };
  return { row, closing };
}

function totalsOf(rows: readonly RowWithClosing[]): TrialBalance['totals'] {
  const totals = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { row, closing } of rows) {
    const total = totals.get(row.currency) ?? { debit: 0n, credit: 0n };
    if (closing > 0n) total.debit += closing;
    else total.credit -= closing;
    totals.set(row.currency, total);
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { debit, credit }]) => ({
      currency,
      debit: formatMinor(debit, currency),
      credit: formatMinor(credit, currency),
    }));
}
