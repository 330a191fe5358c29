import { defineRoute, type Route } from '../http/route.ts';
import type { ApiMetrics } from './metrics.ts';

const TEXT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** For Prometheus, with a token of an operator's: what is asked how often is not everybody's business. */
export function metricsRoutes(metrics: Pick<ApiMetrics, 'text'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/metrics',
      summary: 'Read figures of this process',
      tags: ['Health'],
      access: ['operator'],
      isLimited: false,
      answers: { 200: { description: 'In Prometheus’ format', media: [TEXT_TYPE] } },
      problems: [],
      async handle() {
        return { status: 200, type: TEXT_TYPE, content: await metrics.text() };
      },
    }),
  ];
}
