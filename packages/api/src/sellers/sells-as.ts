import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { type Caller, hasRole, type Role } from '../http/caller.ts';
import { hasSeller } from './sellers-table.ts';

/**
 * That the caller is this seller, an operator, or of another role that may. Another seller is not there, so that nobody learns who sells.
 * @throws ShopError `seller_unknown`
 */
export async function assertSellsAs(
  knex: Knex,
  caller: Caller,
  sellerId: number,
  ...others: readonly Role[]
): Promise<void> {
  if (caller.sellerId === sellerId) return;
  if (hasRole(caller, 'operator', ...others) && (await hasSeller(knex, sellerId))) return;
  throw new ShopError('seller_unknown', `There is no seller ${sellerId}.`, { sellerId });
}
