import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { FailPoint } from '../fail-point.ts';
import { describeError } from '../http/request-log.ts';
import type { Vault } from '../vault/vault.ts';
import {
  finishAttempt,
  insertAttempt,
  type LeasedDelivery,
  leaseDeliveries,
  readDueEndpoints,
} from './deliveries-table.ts';
import type { Secrets } from './endpoint.ts';
import type { Reach } from './endpoint-url.ts';
import {
  disableEndpoint,
  findSendable,
  markEndpointFailing,
  markEndpointWell,
  type SendableEndpoint,
} from './endpoints-table.ts';
import { MOST_ATTEMPTS, pauseMs, waitMs } from './retry.ts';
import { post, type Sent } from './send.ts';
import { signedHeaders } from './signature.ts';

export interface DeliverContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly reach: Reach;
  readonly failPoint: FailPoint;
  readonly random: () => number;
  readonly vault: Vault;
}

const TIMEOUT_MS = 10_000;
/** Longer than any sending: whoever holds a lease that has ended is dead. */
const LEASE_MS = 30_000;
/** How many of one endpoint are under way at once. */
const AT_ONCE = 5;

/** Sends what is due, of each endpoint some. Returns how many were sent. */
export async function deliverDue(context: DeliverContext): Promise<number> {
  const due = await readDueEndpoints(context.knex, context.clock());
  const sent = await Promise.all(due.map((endpointId) => deliverTo(context, endpointId)));
  return sent.reduce((sum, count) => sum + count, 0);
}

async function deliverTo(context: DeliverContext, endpointId: string): Promise<number> {
  const { knex, clock, log, vault } = context;
  try {
    const endpoint = await findSendable(knex, vault, endpointId);
    const now = clock();
    if (endpoint === undefined || endpoint.status !== 'active') return 0;
    if (endpoint.pausedUntil !== null && endpoint.pausedUntil > now) return 0;
    const { secrets } = endpoint;
    if (secrets === undefined) return await waitForKey(context, endpoint);
    // One that fails is tried with one, and not with all that waits.
    const limit = endpoint.failureCount > 0 ? 1 : AT_ONCE;
    const until = new Date(now.getTime() + LEASE_MS);
    const leased = await inTransaction(knex, (trx) =>
      leaseDeliveries(trx, endpointId, { now, until, limit }),
    );
    await Promise.all(leased.map((delivery) => deliverOne(context, { ...endpoint, secrets }, delivery)));
    return leased.length;
  } catch (error) {
    log.error({ endpointId, ...describeError(error) }, 'A webhook could not be sent yet');
    return 0;
  }
}

/** Nothing is lost while no key opens what signs: it waits, as for a receiver that fails. */
async function waitForKey({ knex, clock, log }: DeliverContext, endpoint: SendableEndpoint): Promise<0> {
  const { endpointId, failureCount } = endpoint;
  const now = clock();
  const pausedUntil = new Date(now.getTime() + pauseMs(failureCount + 1));
  await markEndpointFailing(knex, endpointId, { now, pausedUntil });
  log.error({ endpointId }, 'No key opens the secret of a webhook endpoint');
  return 0;
}

async function deliverOne(
  context: DeliverContext,
  endpoint: SendableEndpoint & { readonly secrets: Secrets },
  delivery: LeasedDelivery,
): Promise<void> {
  const { clock, reach, failPoint } = context;
  const attemptedAt = clock();
  const { url, secrets } = endpoint;
  const { eventId: id, body } = delivery;
  const headers = signedHeaders({ id, body }, secrets, attemptedAt);
  failPoint('webhook.leased');
  const sent = await post({ url, headers, body, timeoutMs: TIMEOUT_MS, reach });
  failPoint('webhook.sent');
  await record(context, endpoint, delivery, { attemptedAt, sent });
}

interface Tried {
  readonly attemptedAt: Date;
  readonly sent: Sent;
}

async function record(
  context: DeliverContext,
  endpoint: SendableEndpoint,
  delivery: LeasedDelivery,
  { attemptedAt, sent }: Tried,
): Promise<void> {
  const { knex, clock, random } = context;
  const now = clock();
  const httpStatus = sent.got === 'status' ? sent.status : null;
  const error = sent.got === 'nothing' ? sent.error.slice(0, 100) : null;
  await insertAttempt(knex, delivery.deliveryId, { attemptedAt, tookMs: sent.tookMs, httpStatus, error });
  const reason = error ?? `HTTP ${httpStatus}`;
  if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) {
    await finishAttempt(knex, delivery, { status: 'delivered', dueAt: now, reason, now });
    await markEndpointWell(knex, endpoint.endpointId);
    return;
  }
  const wait = waitMs(delivery.attemptCount + 1, random());
  const dueAt = new Date(now.getTime() + (wait ?? 0));
  await finishAttempt(knex, delivery, {
    status: wait === undefined ? 'dead' : 'waiting',
    dueAt,
    reason,
    now,
  });
  const pausedUntil = new Date(now.getTime() + pauseMs(endpoint.failureCount + 1));
  await markEndpointFailing(knex, endpoint.endpointId, { now, pausedUntil });
  await judge(context, endpoint, delivery, {
    reason,
    isGone: httpStatus === 410,
    isLast: wait === undefined,
  });
}

/** Whether an endpoint that failed is told anything more. */
async function judge(
  { knex, log }: DeliverContext,
  endpoint: SendableEndpoint,
  delivery: LeasedDelivery,
  { reason, isGone, isLast }: { readonly reason: string; readonly isGone: boolean; readonly isLast: boolean },
): Promise<void> {
  const { endpointId, failingSince } = endpoint;
  const line = { endpointId, deliveryId: delivery.deliveryId.toString(), reason };
  // Nothing at all has got through for as long as this delivery was tried.
  const isHopeless = isLast && failingSince !== null && failingSince.getTime() <= firstTriedBy(delivery);
  if (isGone || isHopeless) {
    const why = isGone
      ? 'its receiver is gone: HTTP 410'
      : `nothing got through for ${MOST_ATTEMPTS} attempts: ${reason}`;
    await disableEndpoint(knex, endpointId, why.slice(0, 100));
    log.error({ ...line, why }, 'A webhook endpoint was disabled');
  } else log.warn(line, isLast ? 'A webhook was given up' : 'A webhook did not get through');
}

/** A delivery's first attempt comes within a few seconds of its making, unless others were in its way. */
function firstTriedBy({ createdAt }: LeasedDelivery): number {
  return createdAt.getTime() + 60_000;
}
