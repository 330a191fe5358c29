import cors, { type CorsOptions } from 'cors';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { ShopError } from '../errors.ts';
import type { ApiMetrics } from '../metrics/metrics.ts';
import type { Vault } from '../vault/vault.ts';
import type { Credentials } from './caller.ts';
import { toOpenApi } from './openapi/document.ts';
import { documentationRoutes } from './openapi/documentation-routes.ts';
import { problemRoutes } from './problem-routes.ts';
import { toProblem } from './problems.ts';
import { createRateLimit } from './rate-limit.ts';
import { requestId, requestIdOf } from './request-id.ts';
import { describeError, requestLog } from './request-log.ts';
import type { Route } from './route.ts';
import { serveRoutes } from './serve-routes.ts';
import { tracing } from './tracing.ts';

export interface AppParts {
  readonly routes: readonly Route[];
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly vault: Vault;
  readonly mode: 'sandbox' | 'production';
  readonly credentials: Credentials;
  readonly log: Logger;
  readonly metrics: Pick<ApiMetrics, 'requested'>;
  /** How many requests each caller may make. */
  readonly requestsPerMinute: number;
  /** The origins whose pages may call. */
  readonly corsOrigins: readonly string[];
  /** How many proxies stand in front, whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  /** Answers what is no route of the API but a page for people. */
  readonly pages?: RequestHandler | undefined;
}

export function createApp(parts: AppParts): Express {
  const { routes, mode, knex, clock, vault, credentials, log, pages } = parts;
  const app = express();
  app.disable('x-powered-by');
  // Nobody caches these answers, and hashing each would cost for nothing.
  app.disable('etag');
  app.use(requestId, tracing, requestLog(log, parts.metrics), helmet(SECURITY_HEADERS));
  app.set('trust proxy', parts.trustedProxies);
  if (parts.corsOrigins.length > 0) app.use(cors(corsFor(parts.corsOrigins)));
  // An address is written in one way, so that whoever guards one in front of this service guards all of it.
  const router = Router({ caseSensitive: true, strict: true });
  const rateLimit = createRateLimit(parts.requestsPerMinute);
  serveRoutes(router, servedIn(mode, routes), { knex, clock, vault, credentials, rateLimit });
  app.use(router);
  if (pages !== undefined) app.use(pages);
  app.use((request) => {
    throw new ShopError('route_unknown', `There is no ${request.path.slice(0, 200)} here.`);
  });
  app.use(answerProblem(log));
  return app;
}

/** An answer is data: whatever a browser makes of it, it loads nothing and is framed nowhere. Pages say what they need. */
const SECURITY_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
};

/** Pages of these origins may call as whoever is logged in, and read what an answer says beside its body. */
function corsFor(origins: readonly string[]): CorsOptions {
  return {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Idempotency-Replayed', 'Location', 'RateLimit', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  };
}

/** The routes that a mode has, with their documentation. */
export function servedIn(mode: 'sandbox' | 'production', routes: readonly Route[]): Route[] {
  const isSandbox = mode === 'sandbox';
  const served: Route[] = [
    ...routes.filter(({ sandboxOnly }) => isSandbox || !sandboxOnly),
    ...problemRoutes(),
    ...documentationRoutes(() => text),
  ];
  const text = JSON.stringify(toOpenApi(served, { isSandbox }));
  return served;
}

/** Express tells an error handler by its four parameters. */
function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const id = requestIdOf(response);
    const problem = toProblem(error, id);
    if (problem.status >= 500) log.error({ requestId: id, ...describeError(error) }, problem.body.code);
    // The answer has begun: Express can only cut the connection.
    if (response.headersSent) return next(error);
    response.status(problem.status).set('Cache-Control', 'no-store').set(problem.headers);
    response.type('application/problem+json').send(JSON.stringify(problem.body));
  };
}
