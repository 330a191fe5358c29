import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { GrantedRole, HeldRole } from '../members/roles-table.ts';

export interface StoredSession {
  readonly memberId: number;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endsAt: Date;
}

export async function insertSession(db: Knex, digest: Buffer, session: StoredSession): Promise<void> {
  await execute(
    db,
    `INSERT INTO sessions (session_digest, member_id, created_at, last_seen_at, expires_at, ends_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [
      digest,
      session.memberId,
      toSqlInstant(session.createdAt),
      toSqlInstant(session.lastSeenAt),
      toSqlInstant(session.expiresAt),
      toSqlInstant(session.endsAt),
    ],
  );
}

interface SessionRow {
  member_id: number;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  ends_at: string;
  role: GrantedRole | null;
  seller_id: number | null;
}

/** The session and what its member may do, in one statement by primary keys: every request of a browser makes it. */
export async function findSession(
  db: Knex,
  digest: Buffer,
): Promise<(StoredSession & { readonly roles: readonly HeldRole[] }) | undefined> {
  const rows = await selectRows<SessionRow>(
    db,
    `SELECT s.member_id, s.created_at, s.last_seen_at, s.expires_at, s.ends_at, r.role, r.seller_id
       FROM sessions AS s LEFT JOIN member_roles AS r ON r.member_id = s.member_id
      WHERE s.session_digest = ?`,
    [digest],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    memberId: row.member_id,
    createdAt: fromSqlInstant(row.created_at),
    lastSeenAt: fromSqlInstant(row.last_seen_at),
    expiresAt: fromSqlInstant(row.expires_at),
    endsAt: fromSqlInstant(row.ends_at),
    roles: rows.flatMap(({ role, seller_id: sellerId }) => (role === null ? [] : [{ role, sellerId }])),
  };
}

/** Notes that the session was used. Of requests that come at once, one writes. */
export async function touchSession(
  db: Knex,
  digest: Buffer,
  { from, now, expiresAt }: { from: Date; now: Date; expiresAt: Date },
): Promise<void> {
  await execute(
    db,
    'UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE session_digest = ? AND last_seen_at = ?',
    [toSqlInstant(now), toSqlInstant(expiresAt), digest, toSqlInstant(from)],
  );
}

export async function deleteSession(db: Knex, digest: Buffer): Promise<void> {
  await execute(db, 'DELETE FROM sessions WHERE session_digest = ?', [digest]);
}

export async function deleteSessionsOf(db: Knex, memberId: number): Promise<void> {
  await execute(db, 'DELETE FROM sessions WHERE member_id = ?', [memberId]);
}

/** Returns how many it deleted, `limit` at most. */
export function deleteExpiredSessions(db: Knex, now: Date, limit: number): Promise<number> {
  return execute(db, 'DELETE FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?', [
    toSqlInstant(now),
    limit,
  ]);
}
