import { z } from 'zod';
import { instantSchema, wonSchema } from '../http/schemas.ts';
import { CATEGORIES, type CatalogueProduct, PRODUCT_STATUSES } from './product.ts';

const MAX_PRICE = 1_000_000_000;
const MAX_STOCK = 1_000_000_000;

/** Text that people read: no control characters, and something to see. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .max(max, `must have ${max} characters at most`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

const fields = {
  name: text(100).min(1, 'must not be empty'),
  description: text(2_000),
  price: z.int().min(1).max(MAX_PRICE).meta({ description: 'In won.' }),
  category: z.enum(CATEGORIES),
  taxFree: z.boolean(),
  status: z.enum(PRODUCT_STATUSES),
  stock: z
    .int()
    .min(0)
    .max(MAX_STOCK)
    .nullable()
    .meta({ description: 'How much can be ordered from now on. Null: as much as is wanted.' }),
};

export const newProductSchema = z.object({
  ...fields,
  description: fields.description.default(''),
  taxFree: fields.taxFree.default(false),
  status: fields.status.default('on_sale'),
  stock: fields.stock.default(null),
});

export const productChangeSchema = z
  .object({ version: z.int().min(1).meta({ description: 'The version that is changed.' }) })
  .extend(z.object(fields).partial().shape)
  .extend({
    addStock: z.int().min(-MAX_STOCK).max(MAX_STOCK).optional().meta({
      description: 'How much more can be ordered, or less: what is sold meanwhile does not disturb it.',
    }),
  });

const shown = {
  kimchiId: z.int(),
  sellerId: z.string(),
  sellerName: z.string(),
  name: z.string(),
  description: z.string(),
  price: wonSchema,
  category: z.enum(CATEGORIES),
  taxFree: z.boolean(),
  available: z.int().nullable().meta({ description: 'How much can be ordered. Null: as much as is wanted.' }),
};

/** As anybody sees it. */
export const productSchema = z.object(shown).meta({ id: 'Kimchi' });

/** As its seller sees it. */
export const ownProductSchema = z
  .object({
    ...shown,
    status: z.enum(PRODUCT_STATUSES),
    version: z.int(),
    stock: z
      .object({
        available: z.int(),
        reserved: z.int().meta({ description: 'Held by orders that await payment.' }),
        sold: z.int(),
        oversold: z.int().meta({
          description: 'Sold without being there, by payments that came after their order had ended.',
        }),
      })
      .nullable(),
    createdAt: instantSchema,
    changedAt: instantSchema,
  })
  .meta({ id: 'OwnKimchi' });

export function productView(product: CatalogueProduct) {
  const { productId, sellerId, sellerName, name, description, price, category, isTaxFree, stock } = product;
  return {
    kimchiId: productId,
    sellerId: String(sellerId),
    sellerName,
    name,
    description,
    price: Number(price),
    category,
    taxFree: isTaxFree,
    available: stock?.available ?? null,
  };
}

export function ownProductView(product: CatalogueProduct) {
  const { status, version, stock, createdAt, changedAt } = product;
  return {
    ...productView(product),
    status,
    version,
    stock,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
