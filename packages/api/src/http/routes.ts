import express, { type RequestHandler, type Router } from 'express';
import { ShopError } from '../errors.ts';

export const BODY_LIMIT_BYTES = 64 * 1024;

export interface Methods {
  readonly get?: RequestHandler;
  /** Gets a JSON body. */
  readonly post?: RequestHandler;
}

/** Adds a route that answers the methods given, and 405 with what it allows to any other. */
export type AddRoute = (path: string, methods: Methods) => void;

/** Routes on a router, each behind the guards: a guard sees only requests to routes that exist. */
export function routesOn(router: Router, guards: readonly RequestHandler[]): AddRoute {
  return (path, { get, post }) => {
    const route = router.route(path);
    for (const guard of guards) route.all(guard);
    if (get !== undefined) route.get(get);
    if (post !== undefined) route.post(requireJson, parseJson, post);
    const allowed = [...(get === undefined ? [] : ['GET', 'HEAD']), ...(post === undefined ? [] : ['POST'])];
    route.all((request) => {
      const allow = allowed.join(', ');
      throw new ShopError('method_not_allowed', `${request.method} is not allowed here.`, { allow });
    });
  };
}

const requireJson: RequestHandler = (request, _response, next) => {
  const { 'content-length': length, 'transfer-encoding': transfer } = request.headers;
  if (transfer === undefined && (length === undefined || length === '0')) {
    throw new ShopError('body_missing', 'Send a JSON object as the body.');
  }
  if (request.is('application/json') === false) {
    throw new ShopError('media_type_unsupported', 'Send the body with Content-Type: application/json.');
  }
  next();
};

const parseJson = express.json({ limit: BODY_LIMIT_BYTES });
