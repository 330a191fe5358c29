import type { Check, Finding } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';

const COLUMNS = ['reserved', 'sold', 'oversold'] as const;
type Counts = Readonly<Record<(typeof COLUMNS)[number], number>>;
const NONE: Counts = { reserved: 0, sold: 0, oversold: 0 };

/**
 * Invariant 10: of a product that is stocked, what is reserved is what orders that await payment hold, and what is sold is what paid
 * orders hold. That every unit is accounted for, and none less than nothing, is the table's own CHECK and its columns' types.
 */
export async function checkStock(trx: Knex): Promise<Check> {
  const held = await readHeld(trx);
  const findings: Finding[] = [];
  for (const { productId, ...counted } of await readStocks(trx)) {
    const wanted = held.get(productId) ?? NONE;
    held.delete(productId);
    for (const column of COLUMNS) {
      if (counted[column] === wanted[column]) continue;
      findings.push(finding(productId, `${counted[column]} are ${column}, and orders say ${wanted[column]}`));
    }
  }
  for (const [productId, { reserved, sold }] of held) {
    if (reserved + sold > 0)
      findings.push(finding(productId, `orders hold ${reserved + sold}, and it has no stock`));
  }
  return { counted: {}, findings };
}

function finding(productId: number, detail: string): Finding {
  return { invariant: 10, where: `kimchi ${productId}`, detail };
}

/** What orders and their findings say of each product. */
async function readHeld(trx: Knex): Promise<Map<number, Counts>> {
  const rows = await selectRows<Record<'product_id' | keyof Counts, string | number>>(
    trx,
    `SELECT product_id, SUM(reserved) AS reserved, SUM(sold) AS sold, SUM(oversold) AS oversold
       FROM (SELECT l.product_id, IF(o.status = 'awaiting_payment', l.quantity, 0) AS reserved,
                    IF(p.payment_key IS NULL, 0, l.quantity) AS sold, 0 AS oversold
               FROM orders AS o
               LEFT JOIN payments AS p ON p.open_order_id = o.order_id AND p.status = 'done'
               JOIN JSON_TABLE(o.order_lines, '$[*]' COLUMNS (product_id INT PATH '$.productId', quantity INT PATH '$.quantity',
                               is_stocked BOOLEAN PATH '$.isStocked')) AS l
              WHERE l.is_stocked
             UNION ALL
             SELECT l.product_id, 0, 0, l.missing
               FROM order_findings AS f
               JOIN JSON_TABLE(f.details, '$.lines[*]' COLUMNS (product_id INT PATH '$.kimchiId', missing INT PATH '$.missing')) AS l
              WHERE f.kind = 'oversold') AS held
      GROUP BY product_id`,
  );
  return new Map(
    rows.map(({ product_id: productId, reserved, sold, oversold }) => [
      Number(productId),
      { reserved: Number(reserved), sold: Number(sold), oversold: Number(oversold) },
    ]),
  );
}

async function readStocks(trx: Knex) {
  const rows = await selectRows<Record<string, string | number>>(
    trx,
    'SELECT product_id, reserved, sold, oversold FROM product_stocks ORDER BY product_id',
  );
  return rows.map((row) => ({
    productId: Number(row['product_id']),
    reserved: Number(row['reserved']),
    sold: Number(row['sold']),
    oversold: Number(row['oversold']),
  }));
}
