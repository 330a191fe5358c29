import type { RequestHandler, Router } from 'express';
import { ShopError } from '../errors.ts';
import { assertAccess } from './access.ts';
import type { Caller, Credentials } from './caller.ts';
import { type CarryOutContext, carryOut } from './carry-out.ts';
import type { RateLimit } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import type { Method, Route } from './route.ts';

export interface Serving extends CarryOutContext {
  readonly credentials: Credentials;
  readonly rateLimit: RateLimit;
}

/** Adds routes to a router. A path answers the methods defined, and 405 with what it allows to any other. */
export function serveRoutes(router: Router, routes: readonly Route[], serving: Serving): void {
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const onPath = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of ofPath) onPath[route.method](...stepsOf(route, serving));
    const allow = allowedBy(ofPath.map(({ method }) => method)).join(', ');
    onPath.all((request) => {
      throw new ShopError('method_not_allowed', `${request.method} is not allowed here.`, { allow });
    });
  }
}

function allowedBy(methods: readonly Method[]): string[] {
  return methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
}

/** In the order in which a request is refused: who calls, and how often, is asked before anything of the body is read. */
function stepsOf(route: Route, { credentials, rateLimit, ...context }: Serving): RequestHandler[] {
  const { access, body } = route;
  return [
    ...(access === 'anyone' ? [] : [identify(route, credentials, rateLimit)]),
    ...(route.isLimited ? [limit(rateLimit)] : []),
    ...(body === undefined ? [] : readBody({ isOptional: body.safeParse(undefined).success })),
    carryOut(route, context),
  ];
}

function identify({ access }: Route, credentials: Credentials, rateLimit: RateLimit): RequestHandler {
  return async (request, response, next) => {
    try {
      const caller = await credentials.readCaller(request);
      assertAccess(access, caller);
      response.locals['caller'] = caller;
    } catch (error) {
      // Whoever tries one credential after another is slowed down by the address.
      await rateLimit.count(request, response, undefined);
      throw error;
    }
    next();
  };
}

function limit(rateLimit: RateLimit): RequestHandler {
  return async (request, response, next) => {
    await rateLimit.count(request, response, response.locals['caller'] as Caller | undefined);
    next();
  };
}
