import type { Request } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import { assertInPerson, type Caller, ROLES } from '../http/caller.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { instantSchema } from '../http/schemas.ts';
import { readIdentities } from '../log-in/identities-table.ts';
import { PROVIDERS } from '../log-in/provider.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { forgeryTokenOf } from '../sessions/forgery.ts';
import { assertSellerFits, changeRole } from './change-role.ts';
import { type Member, readMember } from './read-member.ts';
import { GRANTED_ROLES } from './roles-table.ts';

export interface MemberContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly cookies: Cookies;
}

const meSchema = z
  .object({
    memberId: z.int(),
    name: z.string(),
    roles: z.array(z.enum(ROLES)),
    sellerId: z.string().nullable(),
    identities: z.array(z.object({ provider: z.enum(PROVIDERS), linkedAt: instantSchema })),
    csrfToken: z.string().nullable().meta({
      description: 'Sent as X-CSRF-Token by a page that changes something; null without a session.',
    }),
  })
  .meta({ id: 'Me' });

const memberSchema = z
  .object({
    memberId: z.int(),
    name: z.string(),
    roles: z.array(z.object({ role: z.enum(GRANTED_ROLES), sellerId: z.string().nullable() })),
  })
  .meta({ id: 'Member' });

const reasonSchema = z.string().trim().min(1, 'must say why, for the auditor').max(500);
const roleParams = z.object({ memberId: idSchema, role: z.enum(GRANTED_ROLES) });

/** Who one is, and what an operator may see and decide of members. */
export function memberRoutes(context: MemberContext): Route[] {
  return [meRoute(context), memberRoute(context), grantRoute(context), revokeRoute(context)];
}

function meRoute({ knex, cookies }: MemberContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/me',
    summary: 'Read who you are here',
    tags: ['Members'],
    access: 'known',
    answers: {
      200: { description: 'You', result: meSchema, headers: { 'Cache-Control': 'Always no-store' } },
    },
    problems: ['member_unknown'],
    async handle({ caller, request }) {
      const { memberId, roles, sellerId } = caller;
      const [{ name }, identities] = await Promise.all([
        readMember(knex, memberId),
        readIdentities(knex, memberId),
      ]);
      return {
        status: 200,
        headers: { 'Cache-Control': 'no-store' },
        result: {
          memberId,
          name,
          roles,
          sellerId: sellerId === undefined ? null : String(sellerId),
          identities: identities.map(({ provider, linkedAt }) => ({
            provider,
            linkedAt: linkedAt.toISOString(),
          })),
          csrfToken: csrfTokenOf(cookies, caller, request),
        },
      };
    },
  });
}

function csrfTokenOf(cookies: Cookies, caller: Caller, request: Request): string | null {
  const sessionId = cookies.session.read(request.headers.cookie);
  return caller.by === 'session' && sessionId !== undefined ? forgeryTokenOf(sessionId) : null;
}

function memberRoute({ knex }: MemberContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/members/{memberId}',
    summary: 'Read a member and their roles',
    tags: ['Members'],
    access: ['operator'],
    params: z.object({ memberId: idSchema }),
    answers: { 200: { description: 'The member', result: memberSchema } },
    problems: ['member_unknown'],
    async handle({ params: { memberId } }) {
      return { status: 200, result: memberView(await readMember(knex, memberId)) };
    },
  });
}

function grantRoute(context: MemberContext): Route {
  return defineRoute({
    method: 'put',
    path: '/api/members/{memberId}/roles/{role}',
    summary: 'Give a role to a member',
    description:
      'The role seller names the seller. The member’s sessions end, and the next log-in has the role.',
    tags: ['Members'],
    access: ['operator'],
    params: roleParams,
    body: z.object({ sellerId: idSchema.optional(), reason: reasonSchema }),
    example: { sellerId: 1, reason: 'Contract of 2026-11-20' },
    answers: { 200: { description: 'The member', result: memberSchema } },
    problems: ['session_required', 'member_unknown', 'seller_unknown'],
    async handle({ params: { memberId, role }, body: { sellerId, reason }, caller }) {
      assertInPerson(caller);
      assertSellerFits(role, sellerId);
      const change = { memberId, role, sellerId: sellerId ?? null, action: 'granted' } as const;
      await changeRole(context, change, { by: byOf(caller), reason });
      return { status: 200, result: memberView(await readMember(context.knex, memberId)) };
    },
  });
}

function revokeRoute(context: MemberContext): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/members/{memberId}/roles/{role}',
    summary: 'Take a role from a member',
    description: 'The member’s sessions end, and their tokens lose the role.',
    tags: ['Members'],
    access: ['operator'],
    params: roleParams,
    query: z.object({ reason: reasonSchema }),
    answers: { 200: { description: 'The member', result: memberSchema } },
    problems: ['session_required', 'member_unknown'],
    async handle({ params: { memberId, role }, query: { reason }, caller }) {
      assertInPerson(caller);
      const change = { memberId, role, sellerId: null, action: 'revoked' } as const;
      await changeRole(context, change, { by: byOf(caller), reason });
      return { status: 200, result: memberView(await readMember(context.knex, memberId)) };
    },
  });
}

function memberView({ roles, ...member }: Member) {
  return {
    ...member,
    roles: roles.map(({ role, sellerId }) => ({
      role,
      sellerId: sellerId === null ? null : String(sellerId),
    })),
  };
}

function byOf({ memberId }: Caller): string {
  return `member ${memberId}`;
}
