import express, { type RequestHandler, type Router } from 'express';
import { ShopError } from '../errors.ts';
import { assertAccess } from './access.ts';
import type { Credentials } from './caller.ts';
import { type CarryOutContext, carryOut } from './carry-out.ts';
import type { Method, Route } from './route.ts';

export const BODY_LIMIT_BYTES = 64 * 1024;

export interface Serving extends CarryOutContext {
  readonly credentials: Credentials;
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

/** In the order in which a request is refused: who calls is asked before anything of the body is read. */
function stepsOf(route: Route, { credentials, ...context }: Serving): RequestHandler[] {
  const { access, body } = route;
  return [
    ...(access === 'anyone' ? [] : [identify(route, credentials)]),
    ...(body === undefined ? [] : [requireBody(body.safeParse(undefined).success), parseJson]),
    carryOut(route, context),
  ];
}

function identify({ access }: Route, credentials: Credentials): RequestHandler {
  return async (request, response, next) => {
    const caller = await credentials.readCaller(request);
    assertAccess(access, caller);
    response.locals['caller'] = caller;
    next();
  };
}

function requireBody(isOptional: boolean): RequestHandler {
  return (request, _response, next) => {
    const { 'content-length': length, 'transfer-encoding': transfer } = request.headers;
    if (transfer === undefined && (length === undefined || length === '0')) {
      if (isOptional) return next();
      throw new ShopError('body_missing', 'Send a JSON object as the body.');
    }
    if (request.is('application/json') === false) {
      throw new ShopError('media_type_unsupported', 'Send the body with Content-Type: application/json.');
    }
    next();
  };
}

const parseJson = express.json({ limit: BODY_LIMIT_BYTES });
