import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { assertInPerson, ROLES } from '../http/caller.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { instantSchema } from '../http/schemas.ts';
import { makeToken } from './api-token.ts';
import {
  insertToken,
  lockTokensOf,
  readTokensOf,
  revokeToken,
  type StoredToken,
} from './api-tokens-table.ts';

const rolesSchema = z.array(z.enum(ROLES)).min(1).max(ROLES.length);
/** How many a member may have. */
const MOST_TOKENS = 100;
const DAY_MS = 24 * 3_600_000;

const tokenSchema = z
  .object({
    tokenId: z.int(),
    name: z.string(),
    hint: z.string().meta({ description: 'The first characters of the token.' }),
    roles: rolesSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    lastUsedAt: instantSchema.nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'ApiToken' });

const madeTokenSchema = tokenSchema
  .extend({ token: z.string().meta({ description: 'Shown this once; it is not stored.' }) })
  .meta({ id: 'MadeApiToken' });

const newTokenSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{C}]*$/u, 'must hold no control characters'),
  roles: rolesSchema.optional(),
  expiresInDays: z.int().min(1).max(3_650).optional(),
});

export interface TokenContext {
  readonly knex: Knex;
  readonly clock: () => Date;
}

/** Bearer tokens, which members make for their programs. A token makes and revokes none: whoever stole it could stay. */
export function tokenRoutes(context: TokenContext): Route[] {
  return [makeRoute(context), listRoute(context), revokeRoute(context)];
}

function makeRoute({ knex, clock }: TokenContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/me/tokens',
    summary: 'Make an API token',
    description:
      'It may have all of your roles or some of them; losing a role takes it from your tokens as well.',
    tags: ['Members'],
    access: 'known',
    body: newTokenSchema,
    // The answer holds the token, which nobody stores.
    idempotency: 'none',
    example: { name: 'settlement reader', roles: ['accountant'], expiresInDays: 90 },
    answers: { 201: { description: 'The token', result: madeTokenSchema } },
    problems: ['session_required', 'role_missing', 'token_limit'],
    async handle({ body, caller }) {
      assertInPerson(caller);
      const roles = [...new Set(body.roles ?? caller.roles)];
      const foreign = roles.filter((role) => !caller.roles.includes(role));
      if (foreign.length > 0) {
        throw new ShopError('role_missing', `You do not have the role ${foreign.join(', ')}.`, {
          roles: foreign,
        });
      }
      const made = makeToken();
      const createdAt = clock();
      const expiresAt =
        body.expiresInDays === undefined ? null : new Date(createdAt.getTime() + body.expiresInDays * DAY_MS);
      const details = { name: body.name, roles, createdAt, expiresAt };
      const tokenId = await inTransaction(knex, async (trx) => {
        if ((await lockTokensOf(trx, caller.memberId, MOST_TOKENS)) < MOST_TOKENS) {
          return insertToken(trx, caller.memberId, made, details);
        }
        throw new ShopError('token_limit', `A member has ${MOST_TOKENS} tokens at most; revoke one first.`);
      });
      const stored = { ...details, tokenId, hint: made.hint, lastUsedAt: null };
      return { status: 201, result: { ...tokenView(stored), token: made.token } };
    },
  });
}

function listRoute({ knex }: TokenContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/me/tokens',
    summary: 'List your API tokens',
    tags: ['Members'],
    access: 'known',
    answers: { 200: { description: 'The tokens that work, newest first', result: z.array(tokenSchema) } },
    problems: [],
    async handle({ caller }) {
      const tokens = await readTokensOf(knex, caller.memberId, MOST_TOKENS);
      return { status: 200, result: tokens.map(tokenView) };
    },
  });
}

function revokeRoute({ knex, clock }: TokenContext): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/me/tokens/{tokenId}',
    summary: 'Revoke an API token',
    tags: ['Members'],
    access: 'known',
    params: z.object({ tokenId: idSchema }),
    answers: { 204: { description: 'It works no more' } },
    problems: ['session_required', 'token_unknown'],
    async handle({ params, caller }) {
      assertInPerson(caller);
      if (!(await revokeToken(knex, caller.memberId, params.tokenId, clock()))) {
        throw new ShopError('token_unknown', 'You have no such token.');
      }
      return { status: 204 };
    },
  });
}

function tokenView({ createdAt, expiresAt, lastUsedAt, ...token }: StoredToken) {
  return {
    ...token,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
