import type { Ledger } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { moneySchema } from '../http/schemas.ts';
import { hasSeller } from './sellers-table.ts';

const walletSchema = z
  .object({
    sellerId: z.string(),
    currency: z.string(),
    pending: moneySchema.meta({ description: 'Earned, and not yet released.' }),
    available: moneySchema.meta({ description: 'Released, to be paid out.' }),
    onHold: moneySchema.meta({ description: 'Held back, for instance for a dispute.' }),
    owed: moneySchema.meta({ description: 'What the seller owes the platform.' }),
  })
  .meta({ id: 'Wallet' });

export function walletRoutes({ knex, ledger }: { knex: Knex; ledger: Ledger }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/sellers/{sellerId}/wallet',
      summary: 'Read a seller’s money',
      description: 'A seller reads its own; accountants and operators read any.',
      tags: ['Sellers'],
      access: ['seller', 'accountant', 'operator'],
      params: z.object({ sellerId: idSchema }),
      answers: { 200: { description: 'The wallet', result: walletSchema } },
      problems: ['seller_unknown'],
      async handle({ params: { sellerId }, caller }) {
        assertMayRead(caller, sellerId);
        const [isKnown, wallet] = await Promise.all([
          hasSeller(knex, sellerId),
          ledger.wallet(String(sellerId), 'KRW'),
        ]);
        if (!isKnown) throw unknown(sellerId);
        return { status: 200, result: wallet };
      },
    }),
  ];
}

/** Another seller’s wallet is not there, so that nobody learns who sells. */
function assertMayRead(caller: Caller, sellerId: number): void {
  if (caller.sellerId === sellerId || hasRole(caller, 'accountant', 'operator')) return;
  throw unknown(sellerId);
}

function unknown(sellerId: number): ShopError {
  return new ShopError('seller_unknown', `There is no seller ${sellerId}.`, { sellerId });
}
