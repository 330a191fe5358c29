import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import type { Day } from '../periods/business-day.ts';

/** An entry with its lines as they are stored: everything that must never change. Instants, days and numbers are MySQL's text. */
export interface StoredEntry {
  readonly entryId: Buffer;
  /** The columns of the entry, in an order of their own; ids and digests in hexadecimal digits. */
  readonly columns: readonly (string | null)[];
  /** `number:account:sequence:amount:balance` of each line in the order of the lines, with commas between; empty where it has none. */
  readonly lines: string;
  readonly lineCount: number;
  readonly effectiveDay: Day;
  readonly bookedDay: Day;
  /** Whether a line is effective at another time than the entry. */
  readonly isMisdated: boolean;
}

const ENTRY_COLUMNS = [
  'idempotency_key',
  'fingerprint',
  'kind',
  'description',
  'CAST(effective_at AS CHAR)',
  'CAST(booked_at AS CHAR)',
  'CAST(effective_day AS CHAR)',
  'CAST(booked_day AS CHAR)',
  'CAST(line_count AS CHAR)',
  'reverses_entry_id',
  'captures_hold_id',
  'limit_override',
  'event_id',
  'metadata',
].map((column) => column.replace(/[a-z_]{4,}/, 'e.$&'));
const EFFECTIVE_DAY = 6;
const BOOKED_DAY = 7;
const LINE_COUNT = 8;

/** The lines of an entry travel as one text: a row of its own for each would cost more than all else. 5,000 lines take 0.5 MB. */
const SELECT_STORED = `SELECT /*+ SET_VAR(group_concat_max_len = 4194304) */ e.entry_id,
       ${ENTRY_COLUMNS.map((column, index) => `${column} AS c${index}`).join(', ')},
       GROUP_CONCAT(l.line_number, ':', l.account_id, ':', l.sequence, ':', l.amount, ':', l.balance ORDER BY l.line_number) AS line_texts,
       MAX(l.effective_at <> e.effective_at) AS is_misdated
  FROM journal_entries AS e FORCE INDEX (PRIMARY)
  LEFT JOIN journal_lines AS l FORCE INDEX (journal_lines_entry) ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
 WHERE e.ledger_id = ?`;
const IN_ORDER = 'GROUP BY e.ledger_id, e.entry_id ORDER BY e.entry_id';

/** The entries that follow an id, in the order of the ids. */
export async function readStoredAfter(
  db: Knex,
  ledgerId: number,
  after: Buffer,
  limit: number,
): Promise<StoredEntry[]> {
  const rows = await selectRows<StoredRow>(db, `${SELECT_STORED} AND e.entry_id > ? ${IN_ORDER} LIMIT ?`, [
    ledgerId,
    after,
    limit,
  ]);
  return rows.map(toStoredEntry);
}

/** Those of these entries that exist, in the order of the ids. */
export async function readStored(db: Knex, ledgerId: number, ids: readonly Buffer[]): Promise<StoredEntry[]> {
  if (ids.length === 0) return [];
  const rows = await selectRows<StoredRow>(db, `${SELECT_STORED} AND e.entry_id IN (?) ${IN_ORDER}`, [
    ledgerId,
    ids,
  ]);
  return rows.map(toStoredEntry);
}

type StoredRow = Record<`c${number}`, string | Buffer | null> & {
  entry_id: Buffer;
  line_texts: string | null;
  is_misdated: number | string | null;
};

function toStoredEntry(row: StoredRow): StoredEntry {
  const columns = ENTRY_COLUMNS.map((_, index) => {
    const value = row[`c${index}`] ?? null;
    return Buffer.isBuffer(value) ? value.toString('hex') : value;
  });
  return {
    entryId: row.entry_id,
    columns,
    lines: row.line_texts ?? '',
    lineCount: Number(columns[LINE_COUNT]),
    effectiveDay: columns[EFFECTIVE_DAY] as Day,
    bookedDay: columns[BOOKED_DAY] as Day,
    isMisdated: Number(row.is_misdated ?? 0) > 0,
  };
}
