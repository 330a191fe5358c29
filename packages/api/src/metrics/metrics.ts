import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Breaker } from '../breaker/breaker.ts';
import { BREAKER_STATES } from '../breaker/state-machine.ts';

/** What the API tells Prometheus. */
export interface ApiMetrics {
  /** Told of each request that was answered. `route` is its template: paths hold ids, of which there is no end. */
  requested(request: { method: string; route: string; status: number; ms: number }): void;
  readonly contentType: string;
  text(): Promise<string>;
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** @param breakers by the name under which each is shown */
export function createMetrics(breakers: Readonly<Record<string, Breaker>>): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'jangbu_api_' });
  const requests = new Histogram({
    name: 'jangbu_api_request_seconds',
    help: 'How long requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  watchBreakers(
    registry,
    Object.entries(breakers).map(([name, breaker]) => ({ name, breaker })),
  );
  return {
    requested({ method, route, status, ms }) {
      // Anybody can send any method; only those that are known make a series.
      requests.observe({ method: METHODS.has(method) ? method : 'other', route, status }, ms / 1000);
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Shows each breaker's state, what it counted, and the calls that it did not let through. */
function watchBreakers(registry: Registry, watched: readonly { name: string; breaker: Breaker }[]): void {
  const registers = [registry];
  new Gauge({
    name: 'jangbu_api_breaker_state',
    help: '1 for the state that a breaker is in.',
    labelNames: ['breaker', 'state'],
    registers,
    collect() {
      for (const { name, breaker } of watched) {
        const { state } = breaker.snapshot();
        for (const one of BREAKER_STATES) this.set({ breaker: name, state: one }, one === state ? 1 : 0);
      }
    },
  });
  const calls = new Counter({
    name: 'jangbu_api_breaker_calls_total',
    help: 'Calls by how their breaker counted them; rejected ones were not made.',
    labelNames: ['breaker', 'outcome'],
    registers,
  });
  for (const { name, breaker } of watched) {
    breaker.onCall(({ countedAs, isSlow }) => {
      calls.inc({ breaker: name, outcome: countedAs });
      if (isSlow) calls.inc({ breaker: name, outcome: 'slow' });
    });
    breaker.onReject(() => calls.inc({ breaker: name, outcome: 'rejected' }));
  }
}
