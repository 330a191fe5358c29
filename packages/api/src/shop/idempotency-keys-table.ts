import { isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { execute, selectRows, toSqlInstant } from '../database/statements.ts';
import { ShopError } from '../errors.ts';

export interface IdempotencyKey {
  readonly memberId: number;
  readonly operation: string;
  readonly key: string;
}

export interface FirstAnswer {
  readonly fingerprint: Buffer;
  /** The JSON text exactly as it was sent. */
  readonly answer: string;
}

/** @throws ShopError `idempotency_in_flight` when the first request's transaction is still open */
export async function findFirstAnswer(
  db: Knex,
  { memberId, operation, key }: IdempotencyKey,
): Promise<FirstAnswer | undefined> {
  try {
    const [row] = await selectRows<FirstAnswer>(
      db,
      `SELECT fingerprint, answer FROM idempotency_keys
        WHERE member_id = ? AND operation = ? AND idempotency_key = ? FOR SHARE NOWAIT`,
      [memberId, operation, key],
    );
    return row;
  } catch (error) {
    if (!isMysqlError(error, 'lockNowait')) throw error;
    throw new ShopError(
      'idempotency_in_flight',
      'The first request with this Idempotency-Key is not answered yet; try again shortly.',
    );
  }
}

/** Fails with MySQL's duplicate-key error when the key was used meanwhile. */
export async function insertFirstAnswer(
  trx: Knex.Transaction,
  { memberId, operation, key }: IdempotencyKey,
  { fingerprint, answer }: FirstAnswer,
  now: Date,
): Promise<void> {
  await execute(
    trx,
    `INSERT INTO idempotency_keys (member_id, operation, idempotency_key, fingerprint, answer, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [memberId, operation, key, fingerprint, answer, toSqlInstant(now)],
  );
}
