import type { Knex } from 'knex';
import { z } from 'zod';
import type { Breaker } from '../breaker/breaker.ts';
import { BREAKER_STATES } from '../breaker/state-machine.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { assertAnswering } from './readiness-table.ts';

export interface HealthContext {
  readonly knex: Knex;
  /** Of what the api calls. */
  readonly breakers: Readonly<Record<string, Breaker>>;
}

const readySchema = z.object({
  status: z.literal('ready'),
  breakers: z.record(z.string(), z.enum(BREAKER_STATES)).meta({
    description:
      'Of what the api calls; none of them makes it less ready, since no other process would get through either.',
  }),
});

/** Live: the process answers. Ready: MySQL does too. The schema was proven at the start, and migrations only go forward. */
export function healthRoutes({ knex, breakers }: HealthContext): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/health/live',
      summary: 'Ask whether the process answers',
      tags: ['Health'],
      access: 'anyone',
      isLimited: false,
      answers: { 200: { description: 'It does', result: z.object({ status: z.literal('live') }) } },
      problems: [],
      handle: () => ({ status: 200, result: { status: 'live' } }),
    }),
    defineRoute({
      method: 'get',
      path: '/health/ready',
      summary: 'Ask whether MySQL answers as well',
      tags: ['Health'],
      access: 'anyone',
      isLimited: false,
      answers: { 200: { description: 'It does', result: readySchema } },
      problems: [],
      async handle() {
        await assertAnswering(knex);
        const states = Object.entries(breakers).map(([name, breaker]) => [name, breaker.snapshot().state]);
        return { status: 200, result: { status: 'ready', breakers: Object.fromEntries(states) } };
      },
    }),
  ];
}
