import { z } from 'zod';
import { instantSchema, seqSchema } from '../http/schemas.ts';

const place = z
  .string()
  .max(250)
  .meta({ description: 'An outbox seq, an instant or topic:partition:offset.', examples: ['1'] });
const rate = z
  .string()
  .max(60)
  .meta({ examples: ['0.05'] });
const feePolicy = z.strictObject({ feeRate: rate, vatRate: rate });

export const replayOrderSchema = z.object({
  from: place.optional(),
  to: place.optional(),
  aggregateId: z.string().min(1).max(191).optional().meta({ description: 'Only events of this one.' }),
  into: z.string().max(64).optional().meta({ description: 'The fresh ledger to rebuild the books in.' }),
  feePolicy: feePolicy.optional(),
});

const count = z.int().min(0);

/** A run as its address shows it. */
export const replayRunSchema = z
  .object({
    runId: z.int(),
    kind: z.enum(['apply', 'rebuild', 'publish']),
    ledger: z.string(),
    source: z.string(),
    fromSeq: seqSchema,
    toSeq: seqSchema,
    nextSeq: seqSchema,
    aggregateId: z.string().nullable(),
    feePolicy: z.object({ feeRate: rate, vatRate: rate }).nullable(),
    totalEvents: count,
    counts: z.object({ events: count, applied: count, duplicates: count, parked: count, published: count }),
    status: z.enum(['running', 'completed', 'cancelled']),
    by: z.string(),
    cancelAskedBy: z.string().nullable(),
    startedAt: instantSchema,
    updatedAt: instantSchema,
    endedAt: instantSchema.nullable(),
    interrupted: z.boolean().meta({ description: 'The run has not ended, and no process is at it.' }),
  })
  .meta({ id: 'ReplayRun' });
