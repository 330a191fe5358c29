import type { Request } from 'express';
import { tokenDigest } from '../api-tokens/api-token.ts';
import { findBearer, noteUse } from '../api-tokens/api-tokens-table.ts';
import { ShopError } from '../errors.ts';
import type { Caller, Credentials, Role } from '../http/caller.ts';
import type { HeldRole } from '../members/roles-table.ts';
import type { Cookies } from './cookies.ts';
import { assertNotForged, provenanceOf } from './forgery.ts';
import { readSession, type SessionContext } from './session.ts';

export interface CredentialsContext extends SessionContext {
  readonly cookies: Cookies;
  /** Of this service, as the request's browser writes it. */
  readonly originOf: (request: Request) => string;
}

/** A token's use is noted at most once in so long. */
const NOTED_EVERY_MS = 60_000;

/**
 * Knows callers by a bearer token, or else by a session's cookie. A browser sends no token by itself, so a request with one cannot be
 * forged; one with a cookie is guarded.
 */
export function sessionCredentials(context: CredentialsContext): Credentials {
  return {
    readCaller(request) {
      const { authorization, cookie } = request.headers;
      if (authorization !== undefined) return callerOfToken(context, authorization);
      const sessionId = context.cookies.session.read(cookie);
      return sessionId === undefined ? undefined : callerOfSession(context, request, sessionId);
    },
  };
}

async function callerOfSession(
  context: CredentialsContext,
  request: Request,
  sessionId: string,
): Promise<Caller> {
  const session = await readSession(context, sessionId);
  if (session === undefined) throw invalid('This session has ended; log in again.');
  assertNotForged(sessionId, provenanceOf(request, context.originOf(request)));
  return { ...toCaller(session.memberId, session.roles), by: 'session' };
}

async function callerOfToken({ knex, clock }: CredentialsContext, authorization: string): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const digest = token === undefined ? undefined : tokenDigest(token);
  const bearer = digest && (await findBearer(knex, digest));
  const now = clock();
  if (bearer === undefined || (bearer.expiresAt !== null && bearer.expiresAt <= now)) {
    throw invalid('This token is unknown, was revoked, or has expired.');
  }
  const { tokenId, lastUsedAt } = bearer;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= NOTED_EVERY_MS) {
    await noteUse(knex, tokenId, lastUsedAt, now);
  }
  return { ...toCaller(bearer.memberId, bearer.held, bearer.roles), by: 'token' };
}

/** What the member may do, within `allowed`. Every member is a buyer. */
function toCaller(memberId: number, held: readonly HeldRole[], allowed?: readonly Role[]): Caller {
  const all: Role[] = ['buyer', ...held.map(({ role }) => role)];
  const roles = allowed === undefined ? all : all.filter((role) => allowed.includes(role));
  const sellerId = held.find(({ role }) => role === 'seller')?.sellerId ?? undefined;
  return { memberId, roles, sellerId: roles.includes('seller') ? sellerId : undefined };
}

function invalid(message: string): ShopError {
  return new ShopError('credentials_invalid', message);
}
