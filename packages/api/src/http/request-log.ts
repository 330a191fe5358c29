import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line a request, without bodies, headers or query: what they hold is nobody's business in a log. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('close', () => {
      const line = {
        requestId: response.locals['requestId'],
        traceId: response.locals['traceId'],
        method: request.method,
        path: maskPaymentKeys(request.path),
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
      };
      if (!response.writableFinished) log.warn(line, 'The client left before the answer');
      else if (response.statusCode >= 500) log.error(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
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
