import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { inBatchSpan } from './tracing.ts';

const traceparent = (last: string) => `00-0af7651916cd43dd8448eb211c80319${last}-b7ad6b7169203331-01`;
const events = (...headers: Record<string, string>[]) => [
  { events: headers.map((one) => ({ headers: one })) },
];

describe('a batch', () => {
  it('is only worked on while no SDK is registered', async () => {
    expect(await inBatchSpan(events({ traceparent: 'nonsense' }), async () => 7)).toBe(7);
  });

  describe('with an SDK', () => {
    const exporter = new InMemorySpanExporter();
    beforeAll(() => {
      trace.setGlobalTracerProvider(
        new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
      );
    });
    beforeEach(() => exporter.reset());
    afterAll(() => trace.disable());

    it('has a span that is linked to the requests behind its events', async () => {
      await inBatchSpan(
        events(
          { traceparent: traceparent('a') },
          {},
          { traceparent: 'nonsense' },
          { traceparent: traceparent('b') },
        ),
        async () => {},
      );
      const [span] = exporter.getFinishedSpans();
      expect(span?.name).toBe('apply outbox events');
      expect(span?.attributes).toEqual({ 'messaging.batch.message_count': 4 });
      expect(span?.links.map(({ context }) => context.traceId.at(-1))).toEqual(['a', 'b']);
    });

    it('shows in the span what went wrong', async () => {
      const failing = inBatchSpan(events(), () => Promise.reject(new Error('no database')));
      await expect(failing).rejects.toThrow('no database');
      const [span] = exporter.getFinishedSpans();
      expect(span?.status.code).toBe(SpanStatusCode.ERROR);
      expect(span?.events).toMatchObject([{ name: 'exception' }]);
    });
  });
});
