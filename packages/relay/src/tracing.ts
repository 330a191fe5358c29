import {
  defaultTextMapGetter,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const propagator = new W3CTraceContextPropagator();

interface Carried {
  readonly events: readonly { readonly headers: Readonly<Record<string, string>> }[];
}

/**
 * Runs work on batches in a span that is linked to the requests that wrote their events. Without a registered OpenTelemetry SDK
 * it only runs the work.
 */
export async function inBatchSpan<T>(batches: readonly Carried[], work: () => Promise<T>): Promise<T> {
  const span = trace
    .getTracer('@jangbu/relay')
    .startSpan('apply outbox events', { kind: SpanKind.CONSUMER, root: true });
  if (!span.isRecording()) return work();
  const events = batches.flatMap((batch) => batch.events);
  span.setAttribute('messaging.batch.message_count', events.length);
  span.addLinks(events.flatMap(linkOf));
  try {
    return await work();
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function linkOf({ headers }: Carried['events'][number]): Link[] {
  const context = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
  return context !== undefined && isSpanContextValid(context) ? [{ context }] : [];
}
