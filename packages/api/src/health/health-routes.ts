import type { Knex } from 'knex';
import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { assertAnswering } from './readiness-table.ts';

/** Live: the process answers. Ready: MySQL does too. The schema was proven at the start, and migrations only go forward. */
export function healthRoutes(knex: Knex): Route[] {
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
      answers: { 200: { description: 'It does', result: z.object({ status: z.literal('ready') }) } },
      problems: [],
      async handle() {
        await assertAnswering(knex);
        return { status: 200, result: { status: 'ready' } };
      },
    }),
  ];
}
