import type { Knex } from 'knex';
import { execute, toSqlInstant } from '../database/statements.ts';

const MEMBER_COUNT = 1_000;

const SELLERS: readonly (readonly [number, string])[] = [
  [1, '광주김치공방'],
  [2, '전주김치명가'],
  [3, '여수갓김치협동조합'],
  [4, '강원배추농장'],
];

/** Kimchi 1, 2 and 3 cost 38,000 won together: the load scenario pays exactly that. */
const PRODUCTS: readonly (readonly [number, number, string, number])[] = [
  [1, 1, '포기김치 1kg', 14_000],
  [2, 2, '깍두기 1kg', 11_000],
  [3, 1, '열무김치 1kg', 13_000],
  [4, 3, '돌산갓김치 1kg', 16_500],
  [5, 2, '총각김치 1kg', 12_500],
  [6, 4, '백김치 2kg', 19_900],
  [7, 4, '포기김치 3kg', 32_900],
  [8, 3, '파김치 500g', 9_900],
  [9, 1, '묵은지 2kg', 21_000],
];

/** Loads the sample shop. What is there already stays as it is, so that it can run at every start. */
export async function loadSampleData(admin: Knex, now: Date): Promise<void> {
  const at = toSqlInstant(now);
  const members = Array.from({ length: MEMBER_COUNT }, (_, index) => [index + 1, `회원 ${index + 1}`, at]);
  await execute(
    admin,
    'INSERT INTO members (member_id, name, joined_at) VALUES ? ON DUPLICATE KEY UPDATE member_id = members.member_id',
    [members],
  );
  await execute(
    admin,
    'INSERT INTO sellers (seller_id, name, joined_at) VALUES ? ON DUPLICATE KEY UPDATE seller_id = sellers.seller_id',
    [SELLERS.map((seller) => [...seller, at])],
  );
  await execute(
    admin,
    'INSERT INTO products (product_id, seller_id, name, price) VALUES ? ON DUPLICATE KEY UPDATE product_id = products.product_id',
    [PRODUCTS],
  );
  await execute(
    admin,
    'INSERT INTO carts (cart_id, member_id, created_at) VALUES ? ON DUPLICATE KEY UPDATE cart_id = carts.cart_id',
    [Array.from({ length: 10 }, (_, index) => [index + 1, index + 1, at])],
  );
}
