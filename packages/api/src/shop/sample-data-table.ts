import type { Knex } from 'knex';
import { execute, toSqlInstant } from '../database/statements.ts';
import { loadSampleStaff } from '../members/sample-staff-table.ts';
import { SAMPLE_PRODUCTS } from './sample-products.ts';

const MEMBER_COUNT = 1_000;

const SELLERS: readonly (readonly [number, string])[] = [
  [1, '광주김치공방'],
  [2, '전주김치명가'],
  [3, '여수갓김치협동조합'],
  [4, '강원배추농장'],
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
    `INSERT INTO products (product_id, seller_id, name, price, category, description, is_tax_free, is_stocked, created_at,
                           changed_at)
     VALUES ? ON DUPLICATE KEY UPDATE product_id = products.product_id`,
    [
      SAMPLE_PRODUCTS.map(
        ({ id, sellerId, name, price, category, description, isTaxFree = false, stock }) => [
          ...[id, sellerId, name, price, category, description, isTaxFree, stock !== undefined],
          ...[at, at],
        ],
      ),
    ],
  );
  await execute(
    admin,
    `INSERT INTO product_stocks (product_id, received, available)
     VALUES ? ON DUPLICATE KEY UPDATE product_id = product_stocks.product_id`,
    [SAMPLE_PRODUCTS.flatMap(({ id, stock }) => (stock === undefined ? [] : [[id, stock, stock]]))],
  );
  await execute(
    admin,
    'INSERT INTO carts (cart_id, member_id, created_at) VALUES ? ON DUPLICATE KEY UPDATE cart_id = carts.cart_id',
    [Array.from({ length: 10 }, (_, index) => [index + 1, index + 1, at])],
  );
  await loadSampleStaff(admin, at);
}
