import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { hasSeller } from '../sellers/sellers-table.ts';
import { deleteSessionsOf } from '../sessions/sessions-table.ts';
import { findMemberName } from './members-table.ts';
import {
  deleteRole,
  type GrantedRole,
  type HeldRole,
  insertRoleChange,
  type RoleDecision,
  upsertRole,
} from './roles-table.ts';

export interface RoleContext {
  readonly knex: Knex;
  readonly clock: () => Date;
}

export interface RoleChange extends HeldRole {
  readonly memberId: number;
  readonly action: 'granted' | 'revoked';
}

/**
 * Gives a role to a member or takes it away, on record. What changes ends the member's sessions: the next log-in makes a new one.
 * Tokens go on with what they may still do.
 * @throws ShopError `member_unknown`, `seller_unknown`
 */
export async function changeRole(
  { knex, clock }: RoleContext,
  change: RoleChange,
  decision: RoleDecision,
): Promise<void> {
  await inTransaction(knex, (trx) => changeRoleIn(trx, change, decision, clock()));
}

async function changeRoleIn(
  trx: Knex.Transaction,
  { memberId, role, sellerId, action }: RoleChange,
  decision: RoleDecision,
  now: Date,
): Promise<void> {
  await assertKnown(trx, memberId, sellerId);
  const isChanged =
    action === 'granted'
      ? await upsertRole(trx, memberId, { role, sellerId })
      : await deleteRole(trx, memberId, role);
  if (isChanged) {
    await insertRoleChange(trx, memberId, { role, sellerId }, action, decision, now);
    await deleteSessionsOf(trx, memberId);
  }
}

async function assertKnown(trx: Knex.Transaction, memberId: number, sellerId: number | null): Promise<void> {
  if ((await findMemberName(trx, memberId)) === undefined) {
    throw new ShopError('member_unknown', `There is no member ${memberId}.`, { memberId });
  }
  if (sellerId !== null && !(await hasSeller(trx, sellerId))) {
    throw new ShopError('seller_unknown', `There is no seller ${sellerId}.`, { sellerId });
  }
}

/** @throws ShopError `request_invalid` where a seller's role names no seller, or another role names one */
export function assertSellerFits(role: GrantedRole, sellerId: number | undefined): void {
  if ((role === 'seller') === (sellerId !== undefined)) return;
  const message = role === 'seller' ? 'must name the seller' : 'is for the role seller only';
  throw new ShopError('request_invalid', `sellerId: ${message}`, { errors: [{ path: 'sellerId', message }] });
}
