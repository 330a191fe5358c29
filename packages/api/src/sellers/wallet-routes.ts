import type { Ledger } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { idSchema, parse } from '../http/parse.ts';
import type { AddRoute } from '../http/routes.ts';
import { hasSeller } from './sellers-table.ts';

export function walletRoutes({ knex, ledger }: { knex: Knex; ledger: Ledger }) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/sellers/:sellerId/wallet', {
      get: async (request, response) => {
        const sellerId = parse(idSchema, request.params['sellerId']);
        const [isKnown, wallet] = await Promise.all([
          hasSeller(knex, sellerId),
          ledger.wallet(String(sellerId), 'KRW'),
        ]);
        if (!isKnown) throw new ShopError('seller_unknown', `There is no seller ${sellerId}.`, { sellerId });
        response.json({ result: wallet });
      },
    });
  };
}
