import type { Knex } from 'knex';
import { execute, fromSqlInstant, insertNumbered, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Role } from '../http/caller.ts';
import type { GrantedRole, HeldRole } from '../members/roles-table.ts';
import type { MadeToken } from './api-token.ts';

export interface TokenDetails {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
}

export interface StoredToken extends TokenDetails {
  readonly tokenId: number;
  readonly hint: string;
  readonly lastUsedAt: Date | null;
}

/** Returns the token's number. */
export function insertToken(
  db: Knex,
  memberId: number,
  { digest, hint }: MadeToken,
  { name, roles, createdAt, expiresAt }: TokenDetails,
): Promise<number> {
  return insertNumbered(
    db,
    `INSERT INTO api_tokens (token_digest, member_id, name, hint, roles, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      digest,
      memberId,
      name,
      hint,
      roles.join(','),
      toSqlInstant(createdAt),
      expiresAt === null ? null : toSqlInstant(expiresAt),
    ],
  );
}

export interface TokenBearer {
  readonly tokenId: number;
  readonly memberId: number;
  readonly roles: readonly Role[];
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** What the member may do today. */
  readonly held: readonly HeldRole[];
}

interface BearerRow {
  token_id: number;
  member_id: number;
  roles: string;
  expires_at: string | null;
  last_used_at: string | null;
  role: GrantedRole | null;
  seller_id: number | null;
}

/** Whose token it is and what the member may do, in one statement by unique keys: every request of a program makes it. */
export async function findBearer(db: Knex, digest: Buffer): Promise<TokenBearer | undefined> {
  const rows = await selectRows<BearerRow>(
    db,
    `SELECT t.token_id, t.member_id, t.roles, t.expires_at, t.last_used_at, r.role, r.seller_id
       FROM api_tokens AS t LEFT JOIN member_roles AS r ON r.member_id = t.member_id
      WHERE t.token_digest = ? AND t.revoked_at IS NULL`,
    [digest],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    tokenId: row.token_id,
    memberId: row.member_id,
    roles: toRoles(row.roles),
    expiresAt: toInstant(row.expires_at),
    lastUsedAt: toInstant(row.last_used_at),
    held: rows.flatMap(({ role, seller_id: sellerId }) => (role === null ? [] : [{ role, sellerId }])),
  };
}

/** Of requests that come at once, one writes. */
export async function noteUse(db: Knex, tokenId: number, from: Date | null, now: Date): Promise<void> {
  await execute(db, 'UPDATE api_tokens SET last_used_at = ? WHERE token_id = ? AND last_used_at <=> ?', [
    toSqlInstant(now),
    tokenId,
    from === null ? null : toSqlInstant(from),
  ]);
}

/**
 * How many tokens that work a member has, `limit` at most. Whoever counts waits for who counted before, until that transaction has ended:
 * in rising order, so that it comes upon what was made meanwhile.
 */
export async function lockTokensOf(trx: Knex.Transaction, memberId: number, limit: number): Promise<number> {
  const rows = await selectRows<{ token_id: number }>(
    trx,
    `SELECT token_id FROM api_tokens
      WHERE member_id = ? AND revoked_at IS NULL ORDER BY token_id LIMIT ? FOR UPDATE`,
    [memberId, limit],
  );
  return rows.length;
}

/** Newest first. */
export async function readTokensOf(db: Knex, memberId: number, limit: number): Promise<StoredToken[]> {
  const rows = await selectRows<{
    token_id: number;
    name: string;
    hint: string;
    roles: string;
    created_at: string;
    expires_at: string | null;
    last_used_at: string | null;
  }>(
    db,
    `SELECT token_id, name, hint, roles, created_at, expires_at, last_used_at FROM api_tokens
      WHERE member_id = ? AND revoked_at IS NULL ORDER BY token_id DESC LIMIT ?`,
    [memberId, limit],
  );
  return rows.map((row) => ({
    tokenId: row.token_id,
    name: row.name,
    hint: row.hint,
    roles: toRoles(row.roles),
    createdAt: fromSqlInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
    lastUsedAt: toInstant(row.last_used_at),
  }));
}

/** Returns false where the member has no such token (any more). */
export async function revokeToken(db: Knex, memberId: number, tokenId: number, now: Date): Promise<boolean> {
  const revoked = await execute(
    db,
    'UPDATE api_tokens SET revoked_at = ? WHERE token_id = ? AND member_id = ? AND revoked_at IS NULL',
    [toSqlInstant(now), tokenId, memberId],
  );
  return revoked === 1;
}

function toRoles(set: string): Role[] {
  return set.split(',').filter((role) => role !== '') as Role[];
}

function toInstant(text: string | null): Date | null {
  return text === null ? null : fromSqlInstant(text);
}
