import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { StoredSecret } from '../vault/seal-anew.ts';
import type { Vault } from '../vault/vault.ts';
import type { Endpoint, Secrets, WebhookType } from './endpoint.ts';

export async function insertEndpoint(
  db: Knex,
  vault: Vault,
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
      seal(vault, endpoint.endpointId, secret),
      toSqlInstant(endpoint.createdAt),
    ],
  );
}

/**
 * Locks the endpoints of a seller, or of the mall itself, that are told of events, until the transaction ends, so that two that are made
 * at once do not both take the last place. Index: webhook_endpoints_seller.
 * @returns how many there are, up to the limit
 */
export async function lockActiveEndpoints(
  trx: Knex,
  sellerId: number | null,
  limit: number,
): Promise<number> {
  const rows = await selectRows<{ endpoint_id: string }>(
    trx,
    `SELECT endpoint_id FROM webhook_endpoints
      WHERE seller_id <=> ? AND status = 'active' ORDER BY endpoint_id LIMIT ? FOR UPDATE`,
    [sellerId, limit],
  );
  return rows.length;
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
  vault: Vault,
  endpointId: string,
  { secret, oldUntil }: { readonly secret: Buffer; readonly oldUntil: Date },
): Promise<void> {
  // MySQL assigns from left to right, so the old secret is taken before it is replaced.
  await execute(
    db,
    'UPDATE webhook_endpoints SET old_secret = secret, old_secret_until = ?, secret = ? WHERE endpoint_id = ?',
    [toSqlInstant(oldUntil), seal(vault, endpointId, secret), endpointId],
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

export async function findEndpoint(
  db: Knex,
  endpointId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Endpoint | undefined> {
  const rows = await selectRows<EndpointRow>(
    db,
    `SELECT ${COLUMNS} FROM webhook_endpoints AS e WHERE e.endpoint_id = ? ${lock}`,
    [endpointId],
  );
  return rows.map(toEndpoint)[0];
}

/** An endpoint with what sending to it needs. */
export interface SendableEndpoint extends Endpoint {
  /** Undefined where no key of the vault opens what signs. */
  readonly secrets: Secrets | undefined;
  readonly failureCount: number;
  readonly pausedUntil: Date | null;
}

export async function findSendable(
  db: Knex,
  vault: Vault,
  endpointId: string,
): Promise<SendableEndpoint | undefined> {
  const rows = await selectRows<EndpointRow & SendingRow>(
    db,
    `SELECT ${COLUMNS}, e.secret, e.old_secret, e.old_secret_until, e.paused_until, e.failure_count
       FROM webhook_endpoints AS e WHERE e.endpoint_id = ?`,
    [endpointId],
  );
  return rows.map((row) => ({
    ...toEndpoint(row),
    secrets: openSecrets(vault, row),
    failureCount: row.failure_count,
    pausedUntil: row.paused_until === null ? null : fromSqlInstant(row.paused_until),
  }))[0];
}

function openSecrets(vault: Vault, row: EndpointRow & SendingRow): Secrets | undefined {
  const open = (sealed: Buffer) => {
    const text = vault.open(sealed, aboutOf(row.endpoint_id));
    return text === undefined ? undefined : Buffer.from(text, 'base64');
  };
  const secret = open(row.secret);
  if (secret === undefined) return undefined;
  const old = row.old_secret === null ? null : (open(row.old_secret) ?? null);
  return {
    secret,
    old,
    oldUntil: row.old_secret_until === null ? null : fromSqlInstant(row.old_secret_until),
  };
}

function seal(vault: Vault, endpointId: string, secret: Buffer): Buffer {
  return vault.seal(secret.toString('base64'), aboutOf(endpointId));
}

/** The same for the secret and the one before it: a rotation moves it as it is. */
function aboutOf(endpointId: string): string {
  return `webhook-endpoint\n${endpointId}`;
}

const PAGE = 500;

/** Every secret that an endpoint has or had, in pages by primary key. */
export async function* readStoredSecrets(db: Knex): AsyncGenerator<StoredSecret> {
  let rows = await readSecretPage(db, '');
  while (rows.length > 0) {
    for (const row of rows) yield* secretsOf(db, row);
    rows = await readSecretPage(db, rows.at(-1)?.endpoint_id ?? '');
  }
}

type SecretRow = Pick<EndpointRow & SendingRow, 'endpoint_id' | 'secret' | 'old_secret'>;

function readSecretPage(db: Knex, after: string): Promise<SecretRow[]> {
  return selectRows<SecretRow>(
    db,
    `SELECT endpoint_id, secret, old_secret FROM webhook_endpoints
      WHERE endpoint_id > ? ORDER BY endpoint_id LIMIT ?`,
    [after, PAGE],
  );
}

function secretsOf(db: Knex, row: SecretRow): StoredSecret[] {
  const about = aboutOf(row.endpoint_id);
  const replace = (column: 'secret' | 'old_secret') => async (fresh: Buffer) => {
    await execute(db, `UPDATE webhook_endpoints SET ${column} = ? WHERE endpoint_id = ? AND ${column} = ?`, [
      fresh,
      row.endpoint_id,
      row[column],
    ]);
  };
  const secret = { sealed: row.secret, about, replace: replace('secret') };
  if (row.old_secret === null) return [secret];
  return [secret, { sealed: row.old_secret, about, replace: replace('old_secret') }];
}

/** Those that are told of events. There are as many as merchants who asked for it, and not as many as orders. */
export async function readActiveEndpoints(db: Knex): Promise<Endpoint[]> {
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
  failing_since: string | null;
  created_at: string;
}

interface SendingRow {
  secret: Buffer;
  old_secret: Buffer | null;
  old_secret_until: string | null;
  paused_until: string | null;
  failure_count: number;
}

const COLUMNS = `e.endpoint_id, e.seller_id, e.created_by, e.url, CAST(e.event_types AS CHAR) AS event_types, e.description, e.status,
  e.disabled_reason, e.failing_since, e.created_at`;

function toEndpoint(row: EndpointRow): Endpoint {
  return {
    endpointId: row.endpoint_id,
    sellerId: row.seller_id,
    createdBy: row.created_by,
    url: row.url,
    eventTypes: JSON.parse(row.event_types) as WebhookType[],
    description: row.description,
    status: row.status,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since === null ? null : fromSqlInstant(row.failing_since),
    createdAt: fromSqlInstant(row.created_at),
  };
}
