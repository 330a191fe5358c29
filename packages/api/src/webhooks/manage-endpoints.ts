import { randomBytes } from 'node:crypto';
import { lastSeq, readEvents } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import type { Vault } from '../vault/vault.ts';
import { insertDeliveries } from './deliveries-table.ts';
import { type Endpoint, OLD_SECRET_SIGNS_MS, type WebhookType } from './endpoint.ts';
import { assertEndpointUrl, type Reach } from './endpoint-url.ts';
import { findEndpoint, insertEndpoint, lockActiveEndpoints, rotateSecret } from './endpoints-table.ts';
import { deliveriesOf } from './feed.ts';
import { pingMessage } from './message.ts';
import { showSecret } from './signature.ts';

export interface WebhookContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly newId: (now: Date) => string;
  readonly reach: Reach;
  readonly vault: Vault;
}

export interface NewEndpoint {
  readonly url: string;
  readonly eventTypes: readonly WebhookType[];
  readonly description: string;
  readonly sellerId: number | null;
  readonly createdBy: number;
}

/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/**
 * Whose events a caller's new endpoint gets.
 * @throws ShopError `seller_unknown` where a seller asks for another's
 */
export function sellerOfEndpoint(caller: Caller, asked: number | undefined): number | null {
  if (hasRole(caller, 'operator')) return asked ?? null;
  const own = caller.sellerId;
  if (own === undefined || (asked !== undefined && asked !== own)) {
    throw new ShopError('seller_unknown', 'There is no such seller among yours.', { sellerId: asked });
  }
  return own;
}

/** @throws ShopError `endpoint_unknown`, also for one of somebody else */
export async function ownEndpoint(
  db: Knex,
  caller: Caller,
  endpointId: string,
  lock: '' | 'FOR UPDATE' = '',
) {
  const endpoint = await findEndpoint(db, endpointId, lock);
  const isOwn =
    endpoint !== undefined &&
    (hasRole(caller, 'operator') || (endpoint.sellerId !== null && endpoint.sellerId === caller.sellerId));
  if (!isOwn) throw new ShopError('endpoint_unknown', 'There is no such webhook endpoint.');
  return endpoint;
}

/** Each of them is told of every event. */
const MOST_ACTIVE = 100;

/** @throws ShopError `endpoint_limit` where a seller, or the mall itself, has as many active endpoints as may be */
export async function assertRoomForEndpoint(trx: Knex, sellerId: number | null): Promise<void> {
  if ((await lockActiveEndpoints(trx, sellerId, MOST_ACTIVE)) < MOST_ACTIVE) return;
  throw new ShopError(
    'endpoint_limit',
    `There are ${MOST_ACTIVE} active webhook endpoints at most; disable one first.`,
  );
}

/** @throws ShopError `endpoint_url_refused`, `endpoint_limit` */
export async function createEndpoint(
  trx: Knex,
  { clock, newId, reach, vault }: WebhookContext,
  wanted: NewEndpoint,
): Promise<{ readonly endpoint: Endpoint; readonly secret: string }> {
  assertEndpointUrl(wanted.url, reach);
  await assertRoomForEndpoint(trx, wanted.sellerId);
  const now = clock();
  const made = { ...wanted, endpointId: newId(now), createdAt: now };
  const secret = randomBytes(SECRET_BYTES);
  await insertEndpoint(trx, vault, made, secret);
  return {
    endpoint: { ...made, status: 'active', disabledReason: null, failingSince: null },
    secret: showSecret(secret),
  };
}

export async function newSecret(trx: Knex, { clock, vault }: WebhookContext, endpointId: string) {
  const secret = randomBytes(SECRET_BYTES);
  const oldSecretUntil = new Date(clock().getTime() + OLD_SECRET_SIGNS_MS);
  await rotateSecret(trx, vault, endpointId, { secret, oldUntil: oldSecretUntil });
  return { secret: showSecret(secret), oldSecretUntil };
}

/** Sends something that is no event, to try the receiver. Returns its webhook-id. */
export async function ping(trx: Knex, { clock, newId }: WebhookContext, endpointId: string): Promise<string> {
  const now = clock();
  const eventId = newId(now);
  const body = JSON.stringify(pingMessage(now));
  const delivery = { endpointId, eventId, outboxSeq: 0n, aggregateId: eventId, eventType: 'ping', body };
  await insertDeliveries(trx, [delivery], now, { again: false });
  return eventId;
}

const REPLAY_PAGE = 500;

/** Has an endpoint told once more of everything from a place of the outbox on. Returns how many deliveries wait by it. */
export async function replayTo(
  { knex, clock }: WebhookContext,
  endpoint: Endpoint,
  fromSeq: bigint,
): Promise<number> {
  const last = await lastSeq(knex);
  let queued = 0;
  for (let from = fromSeq; from <= last; ) {
    const events = (await readEvents(knex, from, REPLAY_PAGE)).filter(({ seq }) => seq <= last);
    const deliveries = deliveriesOf(events, [endpoint]);
    await insertDeliveries(knex, deliveries, clock(), { again: true });
    queued += deliveries.length;
    const reached = events.at(-1)?.seq;
    if (reached === undefined) break;
    from = reached + 1n;
  }
  return queued;
}
