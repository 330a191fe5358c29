import type { Request } from 'express';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { assertInPerson, type Caller } from '../http/caller.ts';
import { type AnswerOf, defineRoute, type ProblemCode, type Route } from '../http/route.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { assertNotForged, provenanceOf } from '../sessions/forgery.ts';
import { beginSession, endSession, isSecret, readSession, type SessionContext } from '../sessions/session.ts';
import { ATTEMPT_MS, type Begun, beginLogIn, finishLogIn, type LogInContext } from './log-in.ts';
import { PROVIDERS, type ProviderName } from './provider.ts';
import { takeCart } from './take-cart.ts';
import { unlink } from './unlink.ts';

export interface LogInRoutesContext extends LogInContext, SessionContext {
  readonly cookies: Cookies;
  /** Of this service, as the request's browser writes it. */
  readonly originOf: (request: Request) => string;
}

const providerParams = z.object({ provider: z.enum(PROVIDERS) });
const returnToSchema = z
  .string()
  .default('/')
  .meta({ description: 'Where the browser goes afterwards: a path of this service.' });
/** Of a code, a state and an error; providers may say more. */
const saidSchema = z.string().max(2_000).optional();

const REDIRECT = {
  303: {
    description: 'The browser goes on',
    headers: { Location: 'Where to', 'Set-Cookie': 'What the browser is known by' },
  },
} as const;
type Redirect = AnswerOf<typeof REDIRECT>;

const LOG_IN_PROBLEMS: readonly ProblemCode[] = [
  'log_in_state_invalid',
  'log_in_refused',
  'log_in_code_invalid',
  'log_in_provider_unavailable',
  'identity_taken',
  'identity_conflict',
];

export function logInRoutes(context: LogInRoutesContext): Route[] {
  return [
    beginRoute(context),
    finishRoute(context),
    logOutRoute(context),
    linkRoute(context),
    unlinkRoute(context),
  ];
}

function beginRoute(context: LogInRoutesContext): Route {
  return defineRoute({
    method: 'get',
    path: '/auth/{provider}',
    summary: 'Log in, or sign up, with Naver or Kakao',
    description: 'For browsers: sends them to the provider.',
    tags: ['Members'],
    access: 'anyone',
    params: providerParams,
    query: z.object({ returnTo: returnToSchema }),
    answers: REDIRECT,
    problems: [],
    async handle({ params: { provider }, query: { returnTo }, request }) {
      const begun = await begin(context, request, { provider, returnTo, memberId: null });
      return goOn(begun.authorizeUrl, [browserCookie(context, begun)]);
    },
  });
}

function finishRoute(context: LogInRoutesContext): Route {
  return defineRoute({
    method: 'get',
    path: '/auth/{provider}/callback',
    summary: 'Come back from Naver or Kakao',
    description:
      'For browsers: makes a session under a fresh id and goes on. A browser that was begun here and did not get through goes back with the code of the problem as `logInError`; other clients get the problem.',
    tags: ['Members'],
    access: 'anyone',
    params: providerParams,
    query: z.object({ code: saidSchema, state: saidSchema, error: saidSchema }),
    unknownFields: 'ignored',
    answers: REDIRECT,
    problems: LOG_IN_PROBLEMS,
    async handle({ params: { provider }, query, request }) {
      try {
        return await finish(context, request, provider, query);
      } catch (error) {
        const location = backWith(error, request);
        if (location === undefined) throw error;
        return goOn(location, []);
      }
    },
  });
}

function logOutRoute(context: LogInRoutesContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/log-out',
    summary: 'End the session',
    description: 'Needs the session’s X-CSRF-Token. A session that has ended before is ended all the same.',
    tags: ['Members'],
    access: 'anyone',
    // It ends what is there to be ended; there is nothing to keep an answer for.
    idempotency: 'none',
    answers: { 204: { description: 'It is over', headers: { 'Set-Cookie': 'Takes the cookie away' } } },
    problems: ['request_forged'],
    async handle({ request }) {
      const sessionId = sessionIdOf(context, request);
      if (sessionId !== undefined && (await readSession(context, sessionId)) !== undefined) {
        assertNotForged(sessionId, provenanceOf(request, context.originOf(request)));
        await endSession(context, sessionId);
      }
      return { status: 204, headers: { 'Set-Cookie': [context.cookies.session.clear()] } };
    },
  });
}

function linkRoute(context: LogInRoutesContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/me/identities/{provider}',
    summary: 'Begin to link a further way to log in',
    description: 'Send the browser to the `authorizeUrl` of the answer; it comes back to `returnTo`.',
    tags: ['Members'],
    access: 'known',
    params: providerParams,
    body: z.object({ returnTo: returnToSchema }),
    // The answer is of use to this browser once, and is nothing to keep.
    idempotency: 'none',
    example: { returnTo: '/me' },
    answers: {
      200: {
        description: 'Where the browser has to go',
        result: z.object({ authorizeUrl: z.string() }).meta({ id: 'LinkBegun' }),
        headers: { 'Set-Cookie': 'What the browser is known by' },
      },
    },
    problems: ['session_required'],
    async handle({ params: { provider }, body: { returnTo }, caller, request }) {
      assertBySession(caller);
      const begun = await begin(context, request, { provider, returnTo, memberId: caller.memberId });
      return {
        status: 200,
        headers: { 'Set-Cookie': [browserCookie(context, begun)] },
        result: { authorizeUrl: begun.authorizeUrl },
      };
    },
  });
}

function unlinkRoute(context: LogInRoutesContext): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/me/identities/{provider}',
    summary: 'Unlink a way to log in, here and at the provider',
    tags: ['Members'],
    access: 'known',
    params: providerParams,
    answers: { 204: { description: 'It is no longer linked' } },
    problems: ['session_required', 'identity_unknown', 'identity_last', 'log_in_provider_unavailable'],
    async handle({ params: { provider }, caller }) {
      assertInPerson(caller);
      await unlink(context, caller.memberId, provider);
      return { status: 204 };
    },
  });
}

function begin(
  context: LogInRoutesContext,
  request: Request,
  purpose: { provider: ProviderName; returnTo: string; memberId: number | null },
): Promise<Begun> {
  const redirectUri = callbackOf(context, request, purpose.provider);
  return beginLogIn(context, purpose, { browser: browserOf(context, request), redirectUri });
}

async function finish(
  context: LogInRoutesContext,
  request: Request,
  provider: ProviderName,
  said: { code?: string | undefined; state?: string | undefined; error?: string | undefined },
): Promise<Redirect> {
  const sessionId = sessionIdOf(context, request);
  const session = sessionId === undefined ? undefined : await readSession(context, sessionId);
  const loggedIn = await finishLogIn(context, {
    provider,
    redirectUri: callbackOf(context, request, provider),
    browser: browserOf(context, request),
    code: said.code,
    state: said.state,
    error: said.error,
    memberId: session?.memberId,
  });
  const taken = await takeCart(context, loggedIn.memberId, request.headers.cookie);
  const freshId = await beginSession(context, loggedIn.memberId, sessionId);
  return goOn(loggedIn.returnTo, [context.cookies.session.set(freshId, context.life.longestMs), ...taken]);
}

/** Where a browser goes after a failure, if it is one that was begun here. */
function backWith(error: unknown, request: Request): string | undefined {
  const returnTo = error instanceof ShopError ? error.details['returnTo'] : undefined;
  if (typeof returnTo !== 'string' || request.accepts(['json', 'html']) !== 'html') return undefined;
  const here = 'http://here.invalid';
  const back = new URL(returnTo, here);
  back.searchParams.set('logInError', (error as ShopError).code);
  return back.href.slice(here.length);
}

function goOn(location: string, setCookies: readonly string[]): Redirect {
  const headers = { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
  return {
    status: 303,
    headers: setCookies.length === 0 ? headers : { ...headers, 'Set-Cookie': setCookies },
  };
}

/** A link is finished by whoever is logged in in the same browser, so it has to be begun by somebody who is. */
function assertBySession(caller: Caller): void {
  if (caller.by === 'session') return;
  throw new ShopError('session_required', 'Log in with a browser to do this; a token is not enough.');
}

function callbackOf(context: LogInRoutesContext, request: Request, provider: ProviderName): string {
  return `${context.originOf(request)}/auth/${provider}/callback`;
}

function browserCookie({ cookies }: LogInRoutesContext, { browser }: Begun): string {
  return cookies.browser.set(browser, ATTEMPT_MS);
}

function browserOf({ cookies }: LogInRoutesContext, request: Request): string | undefined {
  const browser = cookies.browser.read(request.headers.cookie);
  return browser !== undefined && isSecret(browser) ? browser : undefined;
}

function sessionIdOf({ cookies }: LogInRoutesContext, request: Request): string | undefined {
  return cookies.session.read(request.headers.cookie);
}
