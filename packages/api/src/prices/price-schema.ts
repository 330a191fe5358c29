import { z } from 'zod';
import { instantSchema, wonSchema } from '../http/schemas.ts';
import { UNAVAILABLE_REASONS } from './asked-source.ts';

const gramsSchema = z.int().min(1).nullable();

const listingSchema = z
  .object({
    title: z.string().meta({ description: 'Plain text, as somebody else wrote it.' }),
    mallName: z.string().meta({ description: 'The shop that sells it.' }),
    price: wonSchema,
    grams: gramsSchema.meta({ description: 'How much one gets, where the title says so plainly.' }),
    priceForOurWeight: wonSchema
      .nullable()
      .meta({ description: 'What as much as ours weighs would cost. Null where a weight is not known.' }),
    url: z.string().nullable(),
    imageUrl: z.string().nullable(),
    kimchiId: z.int().nullable().meta({ description: 'Of the mall’s own listings.' }),
  })
  .meta({ id: 'PriceListing' });

export const lowestPriceSchema = z
  .object({
    kimchiId: z.int(),
    name: z.string(),
    currency: z.literal('KRW'),
    ourPrice: wonSchema,
    grams: gramsSchema.meta({ description: 'What ours weighs, by its name.' }),
    lowest: listingSchema.nullable().meta({ description: 'The cheapest elsewhere, by weight.' }),
    difference: wonSchema.nullable().meta({
      description:
        'How much ours costs more than the lowest elsewhere; below zero where ours is the cheapest.',
    }),
    listings: z.array(listingSchema).meta({ description: 'The cheapest first, ten at most.' }),
    listingCount: z.int().meta({ description: 'How many were found.' }),
    source: z.enum(['naver-shopping', 'mall']),
    degraded: z.boolean().meta({
      description: 'Whether the source could not be asked, and this is older, or of another source.',
    }),
    degradedBecause: z.enum(UNAVAILABLE_REASONS).nullable(),
    asOf: instantSchema.meta({ description: 'When the source told it.' }),
    ageSeconds: z.int(),
  })
  .meta({ id: 'LowestPrice' });

export type LowestPriceView = z.input<typeof lowestPriceSchema>;
