import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Endpoint, Secrets, WebhookType } from './endpoint.ts';

export async function insertEndpoint(
  db: Knex,
  endpoint: Omit<Endpoint, 'status' | 'disabledReason' | 'failingSince'>,
  secret: Buffer,
): Promise<void> {
  await execute(
    db,
    `INSERT INTO webhook_endpoints (endpoint_id, seller_id, created_by, url, event_types, description, status, secret, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'active', ?, ?)`,
    [
      endpoint.endpointId,
      endpoint.sellerId,
      endpoint.createdBy,
      endpoint.url,
      JSON.stringify(endpoint.eventTypes),
      endpoint.description,
      secret,
      toSqlInstant(endpoint.createdAt),
    ],
  );
}

export interface EndpointChange {
  readonly url: string;
  readonly eventTypes: readonly WebhookType[];
  readonly description: string;
  readonly status: Endpoint['status'];
}

/** An endpoint that is made active again begins without the failures of before. */
export async function updateEndpoint(db: Knex, endpointId: string, change: EndpointChange): Promise<void> {
  const isActive = change.status === 'active';
  await execute(
    db,
    `UPDATE webhook_endpoints SET url = ?, event_types = ?, description = ?, status = ?,
            disabled_reason = IF(?, NULL, COALESCE(disabled_reason, 'by its owner')), paused_until = NULL,
            failing_since = IF(?, NULL, failing_since), failure_count = IF(?, 0, failure_count)
      WHERE endpoint_id = ?`,
    [
      change.url,
      JSON.stringify(change.eventTypes),
      change.description,
      change.status,
      isActive,
      isActive,
      isActive,
      endpointId,
    ],
  );
}

/** The secret of before signs on until then. */
export async function rotateSecret(
  db: Knex,
  endpointId: string,
  secret: Buffer,
  oldUntil: Date,
): Promise<void> {
  // MySQL assigns from left to right, so the old secret is taken before it is replaced.
  await execute(
    db,
    'UPDATE webhook_endpoints SET old_secret = secret, old_secret_until = ?, secret = ? WHERE endpoint_id = ?',
    [toSqlInstant(oldUntil), secret, endpointId],
  );
}

/** Something got through. */
export async function markEndpointWell(db: Knex, endpointId: string): Promise<void> {
  await execute(
    db,
    `UPDATE webhook_endpoints SET paused_until = NULL, failing_since = NULL, failure_count = 0
      WHERE endpoint_id = ? AND failure_count > 0`,
    [endpointId],
  );
}

/** Something did not. Returns how often in a row, and since when. */
export async function markEndpointFailing(
  db: Knex,
  endpointId: string,
  { now, pausedUntil }: { readonly now: Date; readonly pausedUntil: Date },
): Promise<void> {
  await execute(
    db,
    `UPDATE webhook_endpoints SET failing_since = COALESCE(failing_since, ?), failure_count = failure_count + 1,
            paused_until = ?
      WHERE endpoint_id = ?`,
    [toSqlInstant(now), toSqlInstant(pausedUntil), endpointId],
  );
}

export async function disableEndpoint(db: Knex, endpointId: string, reason: string): Promise<void> {
  await execute(
    db,
    `UPDATE webhook_endpoints SET status = 'disabled', disabled_reason = ? WHERE endpoint_id = ? AND status = 'active'`,
    [reason, endpointId],
  );
}

/** An endpoint with what sending to it needs. */
export interface SendableEndpoint extends Endpoint {
  readonly secrets: Secrets;
  readonly failureCount: number;
  readonly pausedUntil: Date | null;
}

export async function findEndpoint(
  db: Knex,
  endpointId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<SendableEndpoint | undefined> {
  const rows = await selectRows<EndpointRow>(
    db,
    `SELECT ${COLUMNS} FROM webhook_endpoints AS e WHERE e.endpoint_id = ? ${lock}`,
    [endpointId],
  );
  return rows.map(toEndpoint)[0];
}

/** Those that are told of events. There are as many as merchants who asked for it, and not as many as orders. */
export async function readActiveEndpoints(db: Knex): Promise<SendableEndpoint[]> {
  const rows = await selectRows<EndpointRow>(
    db,
    `SELECT ${COLUMNS} FROM webhook_endpoints AS e WHERE e.status = 'active'`,
  );
  return rows.map(toEndpoint);
}

/** In the order of their making: an endpoint's id begins with its time. Of one seller, or of all with null. */
export async function listEndpoints(
  db: Knex,
  {
    sellerId,
    after,
    limit,
  }: { readonly sellerId: number | null; readonly after: string; readonly limit: number },
): Promise<Endpoint[]> {
  const rows = await selectRows<EndpointRow>(
    db,
    `SELECT ${COLUMNS} FROM webhook_endpoints AS e
      WHERE ${sellerId === null ? '' : 'e.seller_id = ? AND'} e.endpoint_id > ? ORDER BY e.endpoint_id LIMIT ?`,
    [...(sellerId === null ? [] : [sellerId]), after, limit],
  );
  return rows.map(toEndpoint);
}

interface EndpointRow {
  endpoint_id: string;
  seller_id: number | null;
  created_by: number;
  url: string;
  event_types: string;
  description: string;
  status: Endpoint['status'];
  disabled_reason: string | null;
  secret: Buffer;
  old_secret: Buffer | null;
  old_secret_until: string | null;
  paused_until: string | null;
  failing_since: string | null;
  failure_count: number;
  created_at: string;
}

const COLUMNS = `e.endpoint_id, e.seller_id, e.created_by, e.url, CAST(e.event_types AS CHAR) AS event_types, e.description, e.status,
  e.disabled_reason, e.secret, e.old_secret, e.old_secret_until, e.paused_until, e.failing_since, e.failure_count, e.created_at`;

function toEndpoint(row: EndpointRow): SendableEndpoint {
  const instant = (text: string | null) => (text === null ? null : fromSqlInstant(text));
  return {
    endpointId: row.endpoint_id,
    sellerId: row.seller_id,
    createdBy: row.created_by,
    url: row.url,
    eventTypes: JSON.parse(row.event_types) as WebhookType[],
    description: row.description,
    status: row.status,
    disabledReason: row.disabled_reason,
    failingSince: instant(row.failing_since),
    createdAt: fromSqlInstant(row.created_at),
    secrets: { secret: row.secret, old: row.old_secret, oldUntil: instant(row.old_secret_until) },
    failureCount: row.failure_count,
    pausedUntil: instant(row.paused_until),
  };
}
