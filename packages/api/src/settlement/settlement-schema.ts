import { z } from 'zod';
import { orderIdSchema } from '../http/parse.ts';
import { instantSchema, moneySchema, seqSchema } from '../http/schemas.ts';

const entrySchema = z
  .object({
    entryId: z.string(),
    description: z.string(),
    bookedAt: instantSchema,
    lines: z.array(z.object({ account: z.string(), side: z.enum(['debit', 'credit']), amount: moneySchema })),
  })
  .meta({ id: 'SettlementEntry' });

const eventSchema = z
  .object({
    seq: seqSchema,
    eventType: z.string().meta({ description: 'PaymentConfirmed, or PaymentCancelled.' }),
    writtenAt: instantSchema.meta({ description: 'With the payment, in one transaction.' }),
    state: z.enum(['waiting', 'applied', 'held', 'discarded']).meta({
      description: 'held: it waits in dead letters until somebody sees to it.',
    }),
    appliedAt: instantSchema.nullable().meta({ description: 'When its entries were booked.' }),
    source: z.enum(['kafka', 'embedded']).nullable().meta({ description: 'How it came to the ledger.' }),
    entryCount: z.int(),
    entries: z.array(entrySchema).nullable().meta({
      description: 'For accountants and operators; null for others, whom fees are no business of.',
    }),
  })
  .meta({ id: 'SettlementEvent' });

export const settlementSchema = z
  .object({
    orderId: orderIdSchema,
    events: z.array(eventSchema).meta({ description: 'The earliest first; none before it is paid.' }),
  })
  .meta({ id: 'OrderSettlement' });

export type SettlementEventView = z.input<typeof eventSchema>;
