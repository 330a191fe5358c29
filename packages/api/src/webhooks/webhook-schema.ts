import { z } from 'zod';
import { pageSchema } from '../http/page.ts';
import { idSchema } from '../http/parse.ts';
import { instantSchema } from '../http/schemas.ts';
import { DELIVERY_STATUSES } from './delivery.ts';
import { WEBHOOK_TYPES } from './endpoint.ts';

const urlSchema = z
  .string()
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be a URL in ASCII')
  .meta({
    description: 'Where it is sent: https, to a public address. In the sandbox also http and this machine.',
  });
const typesSchema = z
  .array(z.enum(WEBHOOK_TYPES))
  .min(1)
  .max(WEBHOOK_TYPES.length)
  .refine((types) => new Set(types).size === types.length, 'must name each type once');
const descriptionSchema = z.string().max(200);

export const newEndpointSchema = z.object({
  url: urlSchema,
  eventTypes: typesSchema.default([...WEBHOOK_TYPES]),
  description: descriptionSchema.default(''),
  sellerId: idSchema.optional().meta({
    description: 'Whose events. A seller’s own is what a seller gets; an operator who names none gets all.',
  }),
});

export const endpointChangeSchema = z.object({
  url: urlSchema.optional(),
  eventTypes: typesSchema.optional(),
  description: descriptionSchema.optional(),
  status: z.enum(['active', 'disabled']).optional(),
});

export const replaySchema = z
  .object({
    fromSeq: z
      .string()
      .regex(/^[1-9]\d{0,18}$/)
      .optional()
      .meta({ description: 'The first event by its place in the outbox.' }),
    since: z.iso.datetime({ offset: true }).optional().meta({ description: 'The first event by its time.' }),
  })
  .refine(({ fromSeq, since }) => (fromSeq === undefined) !== (since === undefined), {
    error: 'must name either fromSeq or since',
  });

export const endpointIdSchema = z.uuid();
export const deliveryIdSchema = z.string().regex(/^[1-9]\d{0,18}$/, 'must be a delivery’s id');

export const endpointSchema = z
  .object({
    endpointId: endpointIdSchema,
    sellerId: z.string().nullable(),
    url: z.string(),
    eventTypes: z.array(z.enum(WEBHOOK_TYPES)),
    description: z.string(),
    status: z.enum(['active', 'disabled']),
    disabledReason: z.string().nullable(),
    failingSince: instantSchema.nullable().meta({ description: 'Since when nothing has got through.' }),
    createdAt: instantSchema,
  })
  .meta({ id: 'WebhookEndpoint' });

const secretSchema = z.string().meta({
  description: 'What signs what is sent. It is shown once.',
  examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
});

export const createdEndpointSchema = endpointSchema
  .extend({ secret: secretSchema })
  .meta({ id: 'NewWebhookEndpoint' });

export const rotatedSecretSchema = z
  .object({
    secret: secretSchema,
    oldSecretUntil: instantSchema.meta({ description: 'Until then the secret before it signs as well.' }),
  })
  .meta({ id: 'RotatedSecret' });

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    webhookId: z.string().meta({ description: 'The header webhook-id of every attempt.' }),
    eventType: z.string(),
    seq: z.string().nullable(),
    status: z.enum(DELIVERY_STATUSES),
    attemptCount: z.int(),
    dueAt: instantSchema.nullable().meta({ description: 'When it is sent next.' }),
    reason: z.string().nullable().meta({ description: 'What came of the last attempt.' }),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

export const deliveryDetailSchema = deliverySchema
  .extend({
    body: z.string().meta({ description: 'What is sent, byte for byte.' }),
    attempts: z.array(
      z.object({
        attemptedAt: instantSchema,
        tookMs: z.int(),
        httpStatus: z.int().nullable(),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WebhookDeliveryDetail' });

export const endpointPageSchema = pageSchema(endpointSchema);
export const deliveryPageSchema = pageSchema(deliverySchema);
