import type { Knex } from 'knex';
import type { AddRoute } from '../http/routes.ts';
import { assertAnswering } from './readiness-table.ts';

/** Live: the process answers. Ready: MySQL does too. The schema was proven at the start, and migrations only go forward. */
export function healthRoutes(knex: Knex) {
  return (addRoute: AddRoute): void => {
    addRoute('/health/live', {
      get: (_request, response) => {
        response.json({ result: { status: 'live' } });
      },
    });
    addRoute('/health/ready', {
      get: async (_request, response) => {
        await assertAnswering(knex);
        response.json({ result: { status: 'ready' } });
      },
    });
  };
}
