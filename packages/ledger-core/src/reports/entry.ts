import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant } from '../database/instants.ts';
import { LedgerError } from '../errors.ts';
import { credit, debit, type EntryId, type HoldId, type LimitOverride, type Line } from '../journal/entry.ts';
import { fromEntryId, toEntryId, toHoldId } from '../journal/entry-id.ts';
import { minorUnits } from '../money/money.ts';
import { malformedQuery } from '../paging/page.ts';
import { findReversing, type ReversibleLine, readReversibleLines } from '../reversal/reversals-table.ts';

/** An entry as it stands in the journal. */
export interface JournalEntry {
  readonly entryId: EntryId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly description: string;
  /** When it happened. */
  readonly effectiveAt: Date;
  /** When the ledger learned of it. */
  readonly bookedAt: Date;
  /** In the order in which they were given. */
  readonly lines: readonly Line[];
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** Who let it pass the limits of its accounts, and why. */
  readonly limitOverride: LimitOverride | null;
  /** The entry that it reverses. */
  readonly reverses: EntryId | null;
  /** The entries that reverse it, wholly or in part, the earliest first. */
  readonly reversedBy: readonly EntryId[];
  /** The hold that it captured. */
  readonly captures: HoldId | null;
  /** The outbox event that it comes from. */
  readonly eventId: string | null;
}

interface EntryRow {
  entry_id: Buffer;
  idempotency_key: string;
  kind: string;
  description: string;
  effective_at: string;
  booked_at: string;
  reverses_entry_id: Buffer | null;
  captures_hold_id: Buffer | null;
  limit_override: string | null;
  event_id: string | null;
  metadata: string | null;
}

const SELECT_ENTRY = `SELECT entry_id, idempotency_key, kind, description, CAST(effective_at AS CHAR) AS effective_at,
       CAST(booked_at AS CHAR) AS booked_at, reverses_entry_id, captures_hold_id, limit_override, event_id, metadata
  FROM journal_entries`;

/** @throws LedgerError `entry_malformed` for a malformed id, `entry_unknown` */
export async function readEntry(db: Knex, ledgerId: number, entryId: string): Promise<JournalEntry> {
  const rows = await selectRows<EntryRow>(db, `${SELECT_ENTRY} WHERE ledger_id = ? AND entry_id = ?`, [
    ledgerId,
    fromEntryId(entryId),
  ]);
  const [entry] = await Promise.all(rows.map((row) => toEntry(db, ledgerId, row)));
  if (entry === undefined)
    throw new LedgerError('entry_unknown', `There is no entry ${entryId}.`, { entryId });
  return entry;
}

/** @throws LedgerError `query_malformed` */
export async function findEntryByKey(
  db: Knex,
  ledgerId: number,
  idempotencyKey: string,
): Promise<JournalEntry | undefined> {
  if (typeof idempotencyKey !== 'string') throw malformedQuery('idempotencyKey', idempotencyKey, 'is text');
  const rows = await selectRows<EntryRow>(db, `${SELECT_ENTRY} WHERE ledger_id = ? AND idempotency_key = ?`, [
    ledgerId,
    idempotencyKey,
  ]);
  const [entry] = await Promise.all(rows.map((row) => toEntry(db, ledgerId, row)));
  return entry;
}

async function toEntry(db: Knex, ledgerId: number, row: EntryRow): Promise<JournalEntry> {
  const lines = await readReversibleLines(db, ledgerId, row.entry_id);
  const reversing = await findReversing(db, ledgerId, row.entry_id);
  const { reverses_entry_id: reverses, captures_hold_id: captures } = row;
  return {
    entryId: toEntryId(row.entry_id),
    idempotencyKey: row.idempotency_key,
    kind: row.kind,
    description: row.description,
    effectiveAt: fromSqlInstant(row.effective_at),
    bookedAt: fromSqlInstant(row.booked_at),
    lines: lines.map(toLine),
    metadata: row.metadata === null ? null : JSON.parse(row.metadata),
    limitOverride: row.limit_override === null ? null : JSON.parse(row.limit_override),
    reverses: reverses === null ? null : toEntryId(reverses),
    reversedBy: reversing.map(toEntryId),
    captures: captures === null ? null : toHoldId(captures),
    eventId: row.event_id,
  };
}

function toLine({ code, currency, amount }: ReversibleLine): Line {
  return amount > 0n
    ? debit(code, minorUnits(amount, currency))
    : credit(code, minorUnits(-amount, currency));
}
