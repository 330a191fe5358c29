import type { Check, FurtherCheck } from '@jangbu/ledger-core';
import { selectRows } from '../database/statements.ts';
import { checkCancels } from './check-cancels.ts';
import { checkOrders } from './check-orders.ts';
import { checkPayments } from './check-payments.ts';
import { checkStock } from './check-stock.ts';
import { checkTold } from './check-told.ts';

/**
 * Proves the shop's own tables: that orders, payments, cancels, what was told of them and stock agree. Hand it to the ledger's `verify`, which
 * runs it in the snapshot of the books. A database without a shop has nothing to prove, and counts no orders.
 */
export const checkShop: FurtherCheck = async (trx, when) => {
  const [there] = await selectRows<{ shop: number }>(
    trx,
    `SELECT COUNT(*) AS shop FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'orders'`,
  );
  if (Number(there?.shop) === 0) return { counted: {}, findings: [] };
  const checks: Check[] = [
    await checkOrders(trx),
    await checkPayments(trx, when),
    await checkCancels(trx, when),
    await checkTold(trx),
    await checkStock(trx),
  ];
  return {
    counted: Object.assign({}, ...checks.map(({ counted }) => counted)),
    findings: checks.flatMap(({ findings }) => findings),
  };
};
