import { randomUUID } from 'node:crypto';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { RequestHandler, Response } from 'express';
import { maskPaymentKeys } from './request-log.ts';

/** What an outbox event carries of the request that wrote it: W3C's `traceparent`, and `tracestate` where there is one. */
export type TraceHeaders = Readonly<Record<string, string>>;

const propagator = new W3CTraceContextPropagator();

/**
 * Gives each request a span, the child of the caller's where the request names one. Without a registered OpenTelemetry SDK
 * nothing is recorded, and the trace still has an id, so that a payment can be followed from here to the ledger.
 */
export const tracing: RequestHandler = (request, response, next) => {
  const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
  const span = withId(
    trace.getTracer('@jangbu/api').startSpan(request.method, { kind: SpanKind.SERVER }, parent),
  );
  const carried: Record<string, string> = {};
  propagator.inject(trace.setSpan(parent, span), carried, defaultTextMapSetter);
  response.locals['trace'] = carried;
  response.locals['traceId'] = span.spanContext().traceId;
  response.on('close', () => {
    span.setAttributes({
      'http.request.method': request.method,
      'url.path': maskPaymentKeys(request.path),
      'http.response.status_code': response.statusCode,
    });
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  next();
};

export function traceHeadersOf(response: Response): TraceHeaders {
  return response.locals['trace'] ?? {};
}

/** Without an SDK a span has the caller's id, or none. */
function withId(span: Span): Span {
  if (isSpanContextValid(span.spanContext())) return span;
  return trace.wrapSpanContext({
    traceId: hexDigits(),
    spanId: hexDigits().slice(-16),
    traceFlags: TraceFlags.NONE,
  });
}

/** 32 of them. UUIDs come out of a store of random bytes; drawn for each id these cost five times as much. */
function hexDigits(): string {
  return randomUUID().replaceAll('-', '');
}
