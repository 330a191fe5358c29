import { isReplayAtWork, parsePlace, readReplay, replayJson } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { callerOf } from '../http/caller.ts';
import { idSchema, parse } from '../http/parse.ts';
import type { AddRoute } from '../http/routes.ts';
import type { Replays } from './replays.ts';

const place = z.string().max(250);
const rate = z.string().max(60);

const replaySchema = z.object({
  from: place.optional(),
  to: place.optional(),
  aggregateId: z.string().min(1).max(191).optional(),
  into: z.string().max(64).optional(),
  feePolicy: z.object({ feeRate: rate, vatRate: rate }).optional(),
});

export function replayRoutes({ knex, replays }: { knex: Knex; replays: Replays }) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/relay/replays', {
      post: async (request, response) => {
        const { from, to, ...rest } = parse(replaySchema, request.body);
        const run = await replays.start({
          ...rest,
          // Into a ledger of its own the whole outbox is meant; into the live one somebody has to say from where.
          from: parsePlace('from', from ?? (rest.into === undefined ? '' : '1')),
          to: to === undefined ? undefined : parsePlace('to', to),
          by: `member ${callerOf(response).memberId}`,
        });
        response.status(202).set({ Location: `/api/relay/replays/${run.runId}`, 'Retry-After': '1' });
        response.json({ result: { ...replayJson(run), interrupted: false } });
      },
    });
    addRoute('/api/relay/replays/:runId', {
      get: async (request, response) => {
        const runId = parse(idSchema, request.params['runId']);
        // Asked before the run is read: one that ends in between is then not shown as interrupted.
        const isAtWork = await isReplayAtWork(knex);
        const run = await readReplay(knex, runId);
        response.json({
          result: { ...replayJson(run), interrupted: run.status === 'running' && !isAtWork },
        });
      },
    });
  };
}
