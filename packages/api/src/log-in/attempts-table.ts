import type { Knex } from 'knex';
import { execute, selectRows, toSqlInstant } from '../database/statements.ts';
import { type Attempt, digestOf } from './attempt.ts';
import type { ProviderName } from './provider.ts';

export interface AttemptPurpose {
  readonly provider: ProviderName;
  /** The member who links a further identity; null for a log-in. */
  readonly memberId: number | null;
  readonly returnTo: string;
}

export async function insertAttempt(
  db: Knex,
  { browser, state }: Attempt,
  { provider, memberId, returnTo }: AttemptPurpose,
  expiresAt: Date,
): Promise<void> {
  await execute(
    db,
    `INSERT INTO log_in_attempts (state_digest, browser_digest, provider, member_id, return_to, expires_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [digestOf(state), digestOf(browser), provider, memberId, returnTo, toSqlInstant(expiresAt)],
  );
}

/** Takes the attempt out, so that a state is good for one return; undefined where there is none such (any more). */
export async function takeAttempt(
  db: Knex,
  { browser, state }: Attempt,
  provider: ProviderName,
  now: Date,
): Promise<AttemptPurpose | undefined> {
  const key = [digestOf(state), digestOf(browser), provider, toSqlInstant(now)];
  const where = 'WHERE state_digest = ? AND browser_digest = ? AND provider = ? AND expires_at > ?';
  const [row] = await selectRows<{ member_id: number | null; return_to: string }>(
    db,
    `SELECT member_id, return_to FROM log_in_attempts ${where}`,
    key,
  );
  if (row === undefined) return undefined;
  const isTaken = (await execute(db, `DELETE FROM log_in_attempts ${where}`, key)) === 1;
  return isTaken ? { provider, memberId: row.member_id, returnTo: row.return_to } : undefined;
}

/** Returns how many it deleted, `limit` at most. */
export function deleteExpiredAttempts(db: Knex, now: Date, limit: number): Promise<number> {
  return execute(db, 'DELETE FROM log_in_attempts WHERE expires_at <= ? ORDER BY expires_at LIMIT ?', [
    toSqlInstant(now),
    limit,
  ]);
}
