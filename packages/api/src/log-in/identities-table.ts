import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { StoredSecret } from '../vault/seal-anew.ts';
import type { Vault } from '../vault/vault.ts';
import type { ProviderName, ProviderTokens } from './provider.ts';

/** Who a member is to a provider. */
export interface Identity {
  readonly provider: ProviderName;
  readonly subject: string;
  readonly memberId: number;
  readonly linkedAt: Date;
}

/** Undefined tokens were sealed with a key that is no more. */
export interface StoredTokens {
  readonly accessToken: string | undefined;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string | undefined;
}

type IdentityKey = Pick<Identity, 'provider' | 'subject'>;

export async function findMemberOf(
  db: Knex,
  { provider, subject }: IdentityKey,
): Promise<number | undefined> {
  const [row] = await selectRows<{ member_id: number }>(
    db,
    'SELECT member_id FROM member_identities WHERE provider = ? AND subject = ?',
    [provider, subject],
  );
  return row?.member_id;
}

/** Fails with the duplicate-key error where the person is a member, or the member has another identity of the provider. */
export async function insertIdentity(
  db: Knex,
  vault: Vault,
  { provider, subject, memberId, linkedAt }: Identity,
  tokens: ProviderTokens,
): Promise<void> {
  await execute(
    db,
    `INSERT INTO member_identities (provider, subject, member_id, linked_at, access_token, access_expires_at, refresh_token)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      provider,
      subject,
      memberId,
      toSqlInstant(linkedAt),
      ...sealedTokens(vault, { provider, subject }, tokens),
    ],
  );
}

export async function updateTokens(
  db: Knex,
  vault: Vault,
  { provider, subject }: IdentityKey,
  tokens: ProviderTokens,
): Promise<void> {
  await execute(
    db,
    `UPDATE member_identities SET access_token = ?, access_expires_at = ?, refresh_token = COALESCE(?, refresh_token)
      WHERE provider = ? AND subject = ?`,
    [...sealedTokens(vault, { provider, subject }, tokens), provider, subject],
  );
}

export function readIdentities(db: Knex, memberId: number): Promise<Identity[]> {
  return selectIdentities(db, memberId, '');
}

/** The same, and nobody else changes them until the transaction ends. */
export function lockIdentities(trx: Knex.Transaction, memberId: number): Promise<Identity[]> {
  return selectIdentities(trx, memberId, 'FOR UPDATE');
}

async function selectIdentities(db: Knex, memberId: number, lock: '' | 'FOR UPDATE'): Promise<Identity[]> {
  const rows = await selectRows<{ provider: ProviderName; subject: string; linked_at: string }>(
    db,
    `SELECT provider, subject, linked_at FROM member_identities WHERE member_id = ? ORDER BY provider ${lock}`,
    [memberId],
  );
  return rows.map(({ provider, subject, linked_at: linkedAt }) => ({
    provider,
    subject,
    memberId,
    linkedAt: fromSqlInstant(linkedAt),
  }));
}

export async function readTokens(
  db: Knex,
  vault: Vault,
  { provider, subject }: IdentityKey,
): Promise<StoredTokens | undefined> {
  const [row] = await selectRows<{
    access_token: Buffer;
    access_expires_at: string;
    refresh_token: Buffer | null;
  }>(
    db,
    `SELECT access_token, access_expires_at, refresh_token FROM member_identities
      WHERE provider = ? AND subject = ?`,
    [provider, subject],
  );
  if (row === undefined) return undefined;
  const about = aboutOf({ provider, subject });
  return {
    accessToken: vault.open(row.access_token, about('access')),
    accessExpiresAt: fromSqlInstant(row.access_expires_at),
    refreshToken: row.refresh_token === null ? undefined : vault.open(row.refresh_token, about('refresh')),
  };
}

export async function deleteIdentity(db: Knex, { provider, subject }: IdentityKey): Promise<void> {
  await execute(db, 'DELETE FROM member_identities WHERE provider = ? AND subject = ?', [provider, subject]);
}

function sealedTokens(
  vault: Vault,
  key: IdentityKey,
  { accessToken, accessExpiresAt, refreshToken }: ProviderTokens,
): readonly [Buffer, string, Buffer | null] {
  const about = aboutOf(key);
  return [
    vault.seal(accessToken, about('access')),
    toSqlInstant(accessExpiresAt),
    refreshToken === undefined ? null : vault.seal(refreshToken, about('refresh')),
  ];
}

function aboutOf({ provider, subject }: IdentityKey) {
  return (kind: 'access' | 'refresh') => `${provider}\n${subject}\n${kind}`;
}

const PAGE = 500;

/** Every token that an identity has, in pages by primary key. */
export async function* readStoredTokens(db: Knex): AsyncGenerator<StoredSecret> {
  for (const provider of ['naver', 'kakao'] as const) {
    let rows = await readTokenPage(db, provider, '');
    while (rows.length > 0) {
      for (const row of rows) yield* secretsOf(db, provider, row);
      rows = await readTokenPage(db, provider, rows.at(-1)?.subject ?? '');
    }
  }
}

interface TokenRow {
  readonly subject: string;
  readonly access_token: Buffer;
  readonly refresh_token: Buffer | null;
}

function readTokenPage(db: Knex, provider: ProviderName, after: string): Promise<TokenRow[]> {
  return selectRows<TokenRow>(
    db,
    `SELECT subject, access_token, refresh_token FROM member_identities
      WHERE provider = ? AND subject > ? ORDER BY subject LIMIT ?`,
    [provider, after, PAGE],
  );
}

function secretsOf(db: Knex, provider: ProviderName, row: TokenRow): StoredSecret[] {
  const { subject } = row;
  const about = aboutOf({ provider, subject });
  const replace = (column: 'access_token' | 'refresh_token') => async (fresh: Buffer) => {
    await execute(
      db,
      `UPDATE member_identities SET ${column} = ? WHERE provider = ? AND subject = ? AND ${column} = ?`,
      [fresh, provider, subject, row[column]],
    );
  };
  const access = { sealed: row.access_token, about: about('access'), replace: replace('access_token') };
  if (row.refresh_token === null) return [access];
  return [access, { sealed: row.refresh_token, about: about('refresh'), replace: replace('refresh_token') }];
}
