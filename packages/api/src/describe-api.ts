import { servedIn } from './http/app.ts';
import { type OpenApiDocument, toOpenApi } from './http/openapi/document.ts';
import type { Route } from './http/route.ts';
import { type RouteParts, routesOf } from './routes.ts';

/** Stands for every part: defining a route touches none of them, only handling a request does. */
const NO_PARTS: unknown = new Proxy(() => {}, { get: () => NO_PARTS });

/** The routes that the API serves in a mode, without an API that runs; they describe, and handle nothing. */
export function routesServedIn(mode: 'sandbox' | 'production'): Route[] {
  return servedIn(mode, routesOf(NO_PARTS as RouteParts));
}

/** The OpenAPI document that `/openapi.json` answers. */
export function describeApi(mode: 'sandbox' | 'production' = 'sandbox'): OpenApiDocument {
  return toOpenApi(routesServedIn(mode), { isSandbox: mode === 'sandbox' });
}
