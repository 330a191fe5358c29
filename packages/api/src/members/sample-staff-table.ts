import type { Knex } from 'knex';
import { execute } from '../database/statements.ts';

/** The people of the sandbox's providers who are more than buyers, by their ids there. */
const STAFF = [
  { memberId: 2, naver: 'sandbox-naver-seller', kakao: '4000000101', role: 'seller', sellerId: 1 },
  { memberId: 3, naver: 'sandbox-naver-accountant', kakao: '4000000102', role: 'accountant', sellerId: null },
  { memberId: 4, naver: 'sandbox-naver-operator', kakao: '4000000103', role: 'operator', sellerId: null },
] as const;

/** Lets them log in as members of the sample shop. They have no token of a provider until they do. `at` is an instant of SQL. */
export async function loadSampleStaff(admin: Knex, at: string): Promise<void> {
  const identities = STAFF.flatMap(({ memberId, naver, kakao }) => [
    ['naver', naver, memberId, at, '', at],
    ['kakao', kakao, memberId, at, '', at],
  ]);
  await execute(
    admin,
    `INSERT INTO member_identities (provider, subject, member_id, linked_at, access_token, access_expires_at) VALUES ?
     ON DUPLICATE KEY UPDATE member_id = member_identities.member_id`,
    [identities],
  );
  await execute(
    admin,
    'INSERT INTO member_roles (member_id, role, seller_id) VALUES ? ON DUPLICATE KEY UPDATE role = member_roles.role',
    [STAFF.map(({ memberId, role, sellerId }) => [memberId, role, sellerId])],
  );
}
