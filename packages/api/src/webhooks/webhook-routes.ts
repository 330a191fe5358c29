import { parsePlace, seqOfPlace } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { hasRole } from '../http/caller.ts';
import { createCursors, pageQuery, toPage } from '../http/page.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { findDelivery, listDeliveries, readAttempts, redeliver } from './deliveries-table.ts';
import { DELIVERY_STATUSES } from './delivery.ts';
import { assertEndpointUrl } from './endpoint-url.ts';
import { listEndpoints, updateEndpoint } from './endpoints-table.ts';
import {
  assertRoomForEndpoint,
  createEndpoint,
  newSecret,
  ownEndpoint,
  ping,
  replayTo,
  sellerOfEndpoint,
  type WebhookContext,
} from './manage-endpoints.ts';
import {
  createdEndpointSchema,
  deliveryDetailSchema,
  deliveryIdSchema,
  deliveryPageSchema,
  endpointChangeSchema,
  endpointIdSchema,
  endpointPageSchema,
  endpointSchema,
  newEndpointSchema,
  replaySchema,
  rotatedSecretSchema,
} from './webhook-schema.ts';
import { attemptView, deliveryView, endpointView } from './webhook-views.ts';

const COMMON = { tags: ['Webhooks'], access: ['seller', 'operator'] } as const;
const ENDPOINT = z.object({ endpointId: endpointIdSchema });
const DELIVERY = z.object({ endpointId: endpointIdSchema, deliveryId: deliveryIdSchema });
const endpointCursors = createCursors('webhook-endpoints', z.string());
const deliveryCursors = createCursors('webhook-deliveries', z.string());

/** Endpoints of a merchant, and what they were sent. Sellers see their own; anybody else's are not there. */
export function webhookRoutes(context: WebhookContext & { readonly ledgerName: string }): Route[] {
  return [
    ...endpointsRoutes(context),
    ...endpointRoutes(context),
    ...secretRoutes(context),
    replayRoute(context),
    ...deliveryRoutes(context),
  ];
}

function endpointsRoutes(context: WebhookContext): Route[] {
  const { knex } = context;
  return [
    defineRoute({
      method: 'post',
      path: '/api/webhook-endpoints',
      summary: 'Be told of events at a URL of one’s own',
      description: 'The secret is in this answer, and in no other.',
      ...COMMON,
      body: newEndpointSchema,
      idempotency: 'in_transaction',
      isAnswerSecret: true,
      example: { url: 'https://merchant.example/webhooks', eventTypes: ['payment.confirmed'] },
      answers: {
        201: {
          description: 'The endpoint, and its secret',
          result: createdEndpointSchema,
          headers: { Location: 'The endpoint’s address' },
        },
      },
      problems: ['seller_unknown', 'endpoint_url_refused', 'endpoint_limit'],
      async handle({ body, caller, commit }) {
        const sellerId = sellerOfEndpoint(caller, body.sellerId);
        return commit(async (trx) => {
          const wanted = { ...body, sellerId, createdBy: caller.memberId };
          const { endpoint, secret } = await createEndpoint(trx, context, wanted);
          return {
            status: 201,
            headers: { Location: `/api/webhook-endpoints/${endpoint.endpointId}` },
            result: { ...endpointView(endpoint), secret },
          };
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/webhook-endpoints',
      summary: 'List webhook endpoints',
      ...COMMON,
      query: z.object({ ...pageQuery }),
      answers: { 200: { description: 'A page of endpoints', result: endpointPageSchema } },
      problems: ['cursor_malformed'],
      async handle({ query: { limit, cursor }, caller }) {
        const sellerId = hasRole(caller, 'operator') ? null : (caller.sellerId ?? 0);
        const after = endpointCursors.decode(cursor, sellerId) ?? '';
        const rows = await listEndpoints(knex, { sellerId, after, limit: limit + 1 });
        const cursorOf = ({ endpointId }: { endpointId: string }) =>
          endpointCursors.encode(endpointId, sellerId);
        return { status: 200, result: toPage(rows, limit, { itemOf: endpointView, cursorOf }) };
      },
    }),
  ];
}

function endpointRoutes({ knex, reach }: WebhookContext): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/webhook-endpoints/{endpointId}',
      summary: 'Read a webhook endpoint',
      ...COMMON,
      params: ENDPOINT,
      answers: { 200: { description: 'The endpoint', result: endpointSchema } },
      problems: ['endpoint_unknown'],
      async handle({ params, caller }) {
        return { status: 200, result: endpointView(await ownEndpoint(knex, caller, params.endpointId)) };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/webhook-endpoints/{endpointId}',
      summary: 'Change, disable or enable a webhook endpoint',
      description:
        'What waits for it goes on waiting while it is disabled. What happens meanwhile is not kept for it: replay it afterwards.',
      ...COMMON,
      params: ENDPOINT,
      body: endpointChangeSchema,
      example: { status: 'active' },
      answers: { 200: { description: 'The endpoint as it is now', result: endpointSchema } },
      problems: ['endpoint_unknown', 'endpoint_url_refused', 'endpoint_limit'],
      handle({ params: { endpointId }, body, caller, commit }) {
        return commit(async (trx) => {
          // Locked, so that two who change different things at once do not undo each other.
          const before = await ownEndpoint(trx, caller, endpointId, 'FOR UPDATE');
          if (body.url !== undefined) assertEndpointUrl(body.url, reach);
          if (body.status === 'active' && before.status !== 'active')
            await assertRoomForEndpoint(trx, before.sellerId);
          const { url, eventTypes, description, status } = before;
          const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
          await updateEndpoint(trx, endpointId, { url, eventTypes, description, status, ...given });
          return { status: 200, result: endpointView(await ownEndpoint(trx, caller, endpointId)) };
        });
      },
    }),
  ];
}

function secretRoutes(context: WebhookContext): Route[] {
  const { knex } = context;
  return [
    defineRoute({
      method: 'post',
      path: '/api/webhook-endpoints/{endpointId}/rotate-secret',
      summary: 'Make a new secret',
      description: 'The one before signs beside it for a day, so that receivers can change over.',
      ...COMMON,
      params: ENDPOINT,
      idempotency: 'in_transaction',
      isAnswerSecret: true,
      answers: { 200: { description: 'The new secret, shown once', result: rotatedSecretSchema } },
      problems: ['endpoint_unknown'],
      async handle({ params: { endpointId }, caller, commit }) {
        await ownEndpoint(knex, caller, endpointId);
        return commit(async (trx) => {
          const { secret, oldSecretUntil } = await newSecret(trx, context, endpointId);
          return { status: 200, result: { secret, oldSecretUntil: oldSecretUntil.toISOString() } };
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/webhook-endpoints/{endpointId}/ping',
      summary: 'Try an endpoint with something that is no event',
      ...COMMON,
      params: ENDPOINT,
      idempotency: 'in_transaction',
      answers: {
        202: { description: 'It is sent', result: z.object({ webhookId: z.string() }).meta({ id: 'Ping' }) },
      },
      problems: ['endpoint_unknown', 'endpoint_disabled'],
      async handle({ params: { endpointId }, caller, commit }) {
        const endpoint = await ownEndpoint(knex, caller, endpointId);
        assertActive(endpoint);
        return commit(async (trx) => ({
          status: 202,
          result: { webhookId: await ping(trx, context, endpointId) },
        }));
      },
    }),
  ];
}

function replayRoute(context: WebhookContext & { readonly ledgerName: string }): Route {
  const { knex, ledgerName } = context;
  return defineRoute({
    method: 'post',
    path: '/api/webhook-endpoints/{endpointId}/replay',
    summary: 'Be told once more of everything from an event or a time on',
    description: 'Each with the webhook-id that it had, so that a receiver knows what it has.',
    ...COMMON,
    params: ENDPOINT,
    body: replaySchema,
    example: { since: '2026-11-23T00:00:00Z' },
    answers: {
      202: {
        description: 'It is sent',
        result: z.object({ queued: z.int() }).meta({ id: 'WebhookReplay' }),
      },
    },
    problems: ['endpoint_unknown', 'endpoint_disabled', 'replay_malformed', 'replay_range_empty'],
    async handle({ params: { endpointId }, body, caller }) {
      const endpoint = await ownEndpoint(knex, caller, endpointId);
      assertActive(endpoint);
      const place = parsePlace('since', body.fromSeq ?? body.since ?? '');
      const fromSeq = await seqOfPlace(knex, ledgerName, place, 'from');
      return { status: 202, result: { queued: await replayTo(context, endpoint, fromSeq) } };
    },
  });
}

function deliveryRoutes(context: WebhookContext): Route[] {
  const { knex } = context;
  return [
    defineRoute({
      method: 'get',
      path: '/api/webhook-endpoints/{endpointId}/deliveries',
      summary: 'List what an endpoint is sent, newest first',
      ...COMMON,
      params: ENDPOINT,
      query: z.object({
        ...pageQuery,
        status: z.enum(DELIVERY_STATUSES).optional(),
      }),
      answers: { 200: { description: 'A page of deliveries', result: deliveryPageSchema } },
      problems: ['endpoint_unknown', 'cursor_malformed'],
      async handle({ params: { endpointId }, query: { limit, cursor, status }, caller }) {
        await ownEndpoint(knex, caller, endpointId);
        const filter = [endpointId, status ?? null];
        const at = deliveryCursors.decode(cursor, filter);
        const before = at === undefined ? undefined : BigInt(at);
        const rows = await listDeliveries(knex, { endpointId, status, before, limit: limit + 1 });
        const cursorOf = ({ deliveryId }: { deliveryId: bigint }) =>
          deliveryCursors.encode(deliveryId.toString(), filter);
        return { status: 200, result: toPage(rows, limit, { itemOf: deliveryView, cursorOf }) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}',
      summary: 'Read a delivery, with its attempts',
      ...COMMON,
      params: DELIVERY,
      answers: { 200: { description: 'The delivery', result: deliveryDetailSchema } },
      problems: ['endpoint_unknown', 'delivery_unknown'],
      async handle({ params: { endpointId, deliveryId }, caller }) {
        await ownEndpoint(knex, caller, endpointId);
        const delivery = await knownDelivery(knex, endpointId, deliveryId);
        const attempts = await readAttempts(knex, delivery.deliveryId);
        const { body } = delivery;
        return {
          status: 200,
          result: { ...deliveryView(delivery), body, attempts: attempts.map(attemptView) },
        };
      },
    }),
    redeliverRoute(context),
  ];
}

function redeliverRoute({ knex, clock }: WebhookContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
    summary: 'Send a delivery once more',
    ...COMMON,
    params: DELIVERY,
    answers: { 202: { description: 'It is sent' } },
    problems: ['endpoint_unknown', 'endpoint_disabled', 'delivery_unknown'],
    async handle({ params: { endpointId, deliveryId }, caller }) {
      assertActive(await ownEndpoint(knex, caller, endpointId));
      const delivery = await knownDelivery(knex, endpointId, deliveryId);
      await redeliver(knex, delivery.deliveryId, clock());
      return { status: 202 };
    },
  });
}

async function knownDelivery(knex: Knex, endpointId: string, deliveryId: string) {
  const delivery = await findDelivery(knex, endpointId, BigInt(deliveryId));
  if (delivery === undefined) throw new ShopError('delivery_unknown', 'There is no such delivery.');
  return delivery;
}

function assertActive({ status }: { readonly status: string }): void {
  if (status === 'active') return;
  throw new ShopError('endpoint_disabled', 'The endpoint is disabled; make it active first.');
}
