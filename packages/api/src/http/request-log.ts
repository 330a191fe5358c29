import { performance } from 'node:perf_hooks';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { ApiMetrics } from '../metrics/metrics.ts';

/**
 * One line a request, without bodies, headers or query: what they hold is nobody's business in a log. The metrics are told the
 * same, by the route's template.
 */
export function requestLog(log: Logger, metrics: Pick<ApiMetrics, 'requested'>): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('close', () => {
      const tookMs = performance.now() - startedAt;
      const { method } = request;
      const status = response.statusCode;
      metrics.requested({ method, route: templateOf(request), status, ms: tookMs });
      const line = {
        requestId: response.locals['requestId'],
        traceId: response.locals['traceId'],
        method,
        path: maskPaymentKeys(request.path),
        status,
        ms: Math.round(tookMs * 10) / 10,
      };
      if (!response.writableFinished) log.warn(line, 'The client left before the answer');
      else if (status >= 500) log.error(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}

/** `/api/orders/{orderId}`; `none` where no route was found. */
function templateOf({ route }: Request): string {
  const path = route?.path as string | undefined;
  return path === undefined ? 'none' : path.replaceAll(/:(\w+)/g, '{$1}');
}

/** A paymentKey opens a payment at the provider, so a log shows its last four characters only. */
export function maskPaymentKey(paymentKey: string): string {
  return `…${paymentKey.slice(-4)}`;
}

export function maskPaymentKeys(path: string): string {
  return path.replace(/(\/payments\/)([^/]+)/g, (whole, start: string, key: string) =>
    key === 'confirm' ? whole : start + maskPaymentKey(key),
  );
}

/** What a log may know of an error: the messages of driver errors hold the statement's values, so those stay out. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code, errno } = error as { code?: string; errno?: number };
  const isDrivers = errno !== undefined;
  const stack = error.stack ?? '';
  return {
    error: error.name,
    ...(code === undefined ? {} : { code }),
    ...(isDrivers ? { errno } : { message: error.message }),
    stack: isDrivers ? stack.slice(Math.max(0, stack.indexOf('\n    at '))) : stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
