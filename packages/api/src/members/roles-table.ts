import type { Knex } from 'knex';
import { execute, selectRows, toSqlInstant } from '../database/statements.ts';

/** What is granted; every member is a buyer without it. */
export const GRANTED_ROLES = ['seller', 'accountant', 'operator'] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];

export interface HeldRole {
  readonly role: GrantedRole;
  /** Of the role seller only: which one. */
  readonly sellerId: number | null;
}

/** Who decided a change of roles, and why: for the auditor. */
export interface RoleDecision {
  readonly by: string;
  readonly reason: string;
}

export async function readRoles(db: Knex, memberId: number): Promise<HeldRole[]> {
  const rows = await selectRows<{ role: GrantedRole; seller_id: number | null }>(
    db,
    'SELECT role, seller_id FROM member_roles WHERE member_id = ? ORDER BY role',
    [memberId],
  );
  return rows.map(({ role, seller_id: sellerId }) => ({ role, sellerId }));
}

/** Returns whether anything changed. */
export async function upsertRole(
  trx: Knex.Transaction,
  memberId: number,
  { role, sellerId }: HeldRole,
): Promise<boolean> {
  const changed = await execute(
    trx,
    `INSERT INTO member_roles (member_id, role, seller_id) VALUES (?, ?, ?) AS new
     ON DUPLICATE KEY UPDATE seller_id = new.seller_id`,
    [memberId, role, sellerId],
  );
  return changed > 0;
}

export async function deleteRole(
  trx: Knex.Transaction,
  memberId: number,
  role: GrantedRole,
): Promise<boolean> {
  const deleted = await execute(trx, 'DELETE FROM member_roles WHERE member_id = ? AND role = ?', [
    memberId,
    role,
  ]);
  return deleted === 1;
}

export async function insertRoleChange(
  trx: Knex.Transaction,
  memberId: number,
  { role, sellerId }: HeldRole,
  action: 'granted' | 'revoked',
  { by, reason }: RoleDecision,
  now: Date,
): Promise<void> {
  await execute(
    trx,
    `INSERT INTO member_role_changes (member_id, role, seller_id, action, decided_by, reason, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [memberId, role, sellerId, action, by, reason, toSqlInstant(now)],
  );
}
