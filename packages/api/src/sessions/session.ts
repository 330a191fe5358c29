import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { digestOf } from '../log-in/attempt.ts';
import type { HeldRole } from '../members/roles-table.ts';
import {
  deleteSession,
  findSession,
  insertSession,
  type StoredSession,
  touchSession,
} from './sessions-table.ts';

/** In ms. */
export interface SessionLife {
  /** How long a session lives unused. */
  readonly idleMs: number;
  /** How long it lives at most. */
  readonly longestMs: number;
}

export interface SessionContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly life: SessionLife;
}

/** Use is noted at most once in so long, so that a request costs a read and no write. */
const NOTED_EVERY_MS = 60_000;

/** Begins a session under a fresh id, and ends the one that the browser came with: no id outlives a log-in. Returns the id. */
export async function beginSession(
  { knex, clock, life }: SessionContext,
  memberId: number,
  replaced: string | undefined,
): Promise<string> {
  const id = newSecret();
  const now = clock();
  const endsAt = new Date(now.getTime() + life.longestMs);
  await insertSession(knex, digestOf(id), {
    memberId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiryFrom(now, endsAt, life),
    endsAt,
  });
  if (replaced !== undefined) await deleteSession(knex, digestOf(replaced));
  return id;
}

/** Who the session's member is; undefined where the session is unknown, was ended or has expired. */
export async function readSession(
  { knex, clock, life }: SessionContext,
  id: string,
): Promise<{ readonly memberId: number; readonly roles: readonly HeldRole[] } | undefined> {
  if (!isSecret(id)) return undefined;
  const digest = digestOf(id);
  const session = await findSession(knex, digest);
  const now = clock();
  if (session === undefined || hasExpired(session, now)) return undefined;
  const { lastSeenAt, endsAt } = session;
  if (now.getTime() - lastSeenAt.getTime() >= NOTED_EVERY_MS) {
    await touchSession(knex, digest, { from: lastSeenAt, now, expiresAt: expiryFrom(now, endsAt, life) });
  }
  return session;
}

export async function endSession({ knex }: Pick<SessionContext, 'knex'>, id: string): Promise<void> {
  if (isSecret(id)) await deleteSession(knex, digestOf(id));
}

/** 256 random bits, as text for a cookie or a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text has the form of such a secret: anything else need not be looked up. */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

function hasExpired({ expiresAt, endsAt }: StoredSession, now: Date): boolean {
  return now >= expiresAt || now >= endsAt;
}

function expiryFrom(now: Date, endsAt: Date, { idleMs }: SessionLife): Date {
  return new Date(Math.min(now.getTime() + idleMs, endsAt.getTime()));
}
