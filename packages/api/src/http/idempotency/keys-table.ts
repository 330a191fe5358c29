import { isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { execute, selectRows, toSqlInstant } from '../../database/statements.ts';
import { ShopError } from '../../errors.ts';

/** A key is its caller's own, and one route's. */
export interface KeySlot {
  /** 0 for callers whom nobody knows. */
  readonly memberId: number;
  /** Method and path of the route, such as `POST /api/check-out`. */
  readonly operation: string;
  readonly key: string;
}

/** An answer as it was given, byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string | null;
}

/** A key that was seen before. While it has no answer, the request that claimed it is under way, or its process died. */
export interface SeenKey {
  readonly fingerprint: Buffer;
  readonly answer: StoredAnswer | undefined;
  /** As MySQL wrote it. */
  readonly heldUntil: string | null;
}

interface KeyRow {
  fingerprint: Buffer;
  status: number | null;
  headers: string | null;
  answer: string | null;
  held_until: string | null;
}

const OF_SLOT = 'member_id = ? AND operation = ? AND idempotency_key = ?';
const valuesOf = ({ memberId, operation, key }: KeySlot) => [memberId, operation, key];

/** @throws ShopError `idempotency_in_flight` when the first request's transaction is still open */
export async function findKey(db: Knex, slot: KeySlot): Promise<SeenKey | undefined> {
  try {
    const [row] = await selectRows<KeyRow>(
      db,
      `SELECT fingerprint, status, CAST(headers AS CHAR) AS headers, answer, CAST(held_until AS CHAR) AS held_until
         FROM idempotency_keys WHERE ${OF_SLOT} FOR SHARE NOWAIT`,
      valuesOf(slot),
    );
    return row && toSeenKey(row);
  } catch (error) {
    if (!isMysqlError(error, 'lockNowait')) throw error;
    throw inFlight();
  }
}

export function inFlight(): ShopError {
  return new ShopError(
    'idempotency_in_flight',
    'The first request with this Idempotency-Key is not answered yet; try again shortly.',
  );
}

function toSeenKey({ fingerprint, status, headers, answer, held_until }: KeyRow): SeenKey {
  return {
    fingerprint,
    answer: status === null ? undefined : { status, headers: JSON.parse(headers ?? '{}'), text: answer },
    heldUntil: held_until,
  };
}

/** False when the key was used meanwhile. A claim without `heldUntil` lives and dies with its transaction. */
export async function insertKey(
  db: Knex,
  slot: KeySlot,
  { fingerprint, now, heldUntil }: { fingerprint: Buffer; now: Date; heldUntil?: Date },
): Promise<boolean> {
  try {
    await execute(
      db,
      `INSERT INTO idempotency_keys (member_id, operation, idempotency_key, fingerprint, created_at, held_until)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        ...valuesOf(slot),
        fingerprint,
        toSqlInstant(now),
        heldUntil === undefined ? null : toSqlInstant(heldUntil),
      ],
    );
    return true;
  } catch (error) {
    if (isMysqlError(error, 'duplicateKey')) return false;
    throw error;
  }
}

/** Takes over a claim whose time has run out. False when another request did so first. */
export async function retakeKey(
  db: Knex,
  slot: KeySlot,
  held: { from: string | null; until: Date },
): Promise<boolean> {
  const count = await execute(
    db,
    `UPDATE idempotency_keys SET held_until = ? WHERE ${OF_SLOT} AND status IS NULL AND held_until = ?`,
    [toSqlInstant(held.until), ...valuesOf(slot), held.from],
  );
  return count === 1;
}

export async function writeAnswer(db: Knex, slot: KeySlot, answer: StoredAnswer): Promise<void> {
  await execute(
    db,
    `UPDATE idempotency_keys SET status = ?, headers = ?, answer = ?, held_until = NULL WHERE ${OF_SLOT} AND status IS NULL`,
    [answer.status, JSON.stringify(answer.headers), answer.text, ...valuesOf(slot)],
  );
}

/** Lets a claim go, so that the same key may be tried again. */
export async function deleteClaim(db: Knex, slot: KeySlot, heldUntil: Date): Promise<void> {
  await execute(db, `DELETE FROM idempotency_keys WHERE ${OF_SLOT} AND status IS NULL AND held_until = ?`, [
    ...valuesOf(slot),
    toSqlInstant(heldUntil),
  ]);
}

/** Deletes the oldest keys, so many at most, and returns how many it deleted. */
export function deleteKeysBefore(db: Knex, before: Date, most: number): Promise<number> {
  return execute(db, 'DELETE FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?', [
    toSqlInstant(before),
    most,
  ]);
}
