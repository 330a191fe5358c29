import type { Knex } from 'knex';
import { execute } from '../database/statements.ts';

export async function emptyCart(trx: Knex.Transaction, cartId: number): Promise<void> {
  await execute(trx, 'DELETE FROM cart_items WHERE cart_id = ?', [cartId]);
}
