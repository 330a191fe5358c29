import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { findMemberName } from './members-table.ts';
import { type HeldRole, readRoles } from './roles-table.ts';

/** A member, and what was granted to them. */
export interface Member {
  readonly memberId: number;
  readonly name: string;
  readonly roles: readonly HeldRole[];
}

/** @throws ShopError `member_unknown` */
export async function readMember(knex: Knex, memberId: number): Promise<Member> {
  const [name, roles] = await Promise.all([findMemberName(knex, memberId), readRoles(knex, memberId)]);
  if (name === undefined) {
    throw new ShopError('member_unknown', `There is no member ${memberId}.`, { memberId });
  }
  return { memberId, name, roles };
}
