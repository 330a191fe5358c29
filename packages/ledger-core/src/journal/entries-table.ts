import type { Knex } from 'knex';
import { insertion, type Statement, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import type { BookedEntry } from './booking.ts';
import type { KnownKey } from './decide.ts';

interface KeyRow {
  idempotency_key: string;
  entry_id: Buffer;
  fingerprint: Buffer;
}

/**
 * Which of the keys have been used. `latest` looks past the snapshot of a caller that reads repeatably; it locks the rows it
 * finds, and at that level also the gaps where it finds none, so it is for keys that are known to be there.
 */
export async function findKeys(
  trx: Knex,
  ledgerId: number,
  keys: readonly string[],
  { latest = false }: { latest?: boolean } = {},
): Promise<Map<string, KnownKey>> {
  if (keys.length === 0) return new Map();
  const rows = await selectRows<KeyRow>(
    trx,
    `SELECT idempotency_key, entry_id, fingerprint FROM journal_entries
      WHERE ledger_id = ? AND idempotency_key IN (?)${latest ? ' FOR SHARE' : ''}`,
    [ledgerId, keys],
  );
  return new Map(
    rows.map((row) => [row.idempotency_key, { entryId: row.entry_id, fingerprint: row.fingerprint }]),
  );
}

/** What a key was used for, with what ties the entry to another record. */
export interface PostedKey extends KnownKey {
  readonly captures: Buffer | null;
  readonly reverses: Buffer | null;
}

export async function findPostedKey(
  trx: Knex,
  ledgerId: number,
  key: string,
): Promise<PostedKey | undefined> {
  const [row] = await selectRows<
    KeyRow & { captures_hold_id: Buffer | null; reverses_entry_id: Buffer | null }
  >(
    trx,
    `SELECT idempotency_key, entry_id, fingerprint, captures_hold_id, reverses_entry_id FROM journal_entries
      WHERE ledger_id = ? AND idempotency_key = ?`,
    [ledgerId, key],
  );
  if (row === undefined) return undefined;
  return {
    entryId: row.entry_id,
    fingerprint: row.fingerprint,
    captures: row.captures_hold_id,
    reverses: row.reverses_entry_id,
  };
}

/** Fails with MySQL's duplicate-key error when another transaction committed one of the keys first. */
export function entryInsertion(ledgerId: number, entries: readonly BookedEntry[]): Statement[] {
  return insertion(
    'journal_entries',
    [
      'ledger_id',
      'entry_id',
      'idempotency_key',
      'fingerprint',
      'kind',
      'description',
      'effective_at',
      'booked_at',
      'effective_day',
      'booked_day',
      'line_count',
      'reverses_entry_id',
      'captures_hold_id',
      'limit_override',
      'event_id',
      'metadata',
    ],
    entries.map(({ entryId, prepared: { entry, fingerprint, ...prepared }, ...booked }) => [
      ledgerId,
      entryId,
      entry.idempotencyKey,
      fingerprint,
      entry.kind,
      entry.description ?? '',
      toSqlInstant(booked.effectiveAt),
      toSqlInstant(booked.bookedAt),
      booked.effectiveDay,
      booked.bookedDay,
      entry.lines.length,
      prepared.reverses,
      prepared.captures,
      prepared.limitOverride,
      entry.eventId ?? null,
      prepared.metadata,
    ]),
  );
}
