import { isReplayAtWork, parsePlace, readReplay, replayJson } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { replayOrderSchema, replayRunSchema } from './replay-schema.ts';
import type { Replays } from './replays.ts';

export function replayRoutes({ knex, replays }: { knex: Knex; replays: Replays }): Route[] {
  return [startRoute(replays), readRoute(knex)];
}

function startRoute(replays: Replays): Route {
  return defineRoute({
    method: 'post',
    path: '/api/relay/replays',
    summary: 'Begin a replay of the outbox',
    description: 'One at a time, in the background. With `into` it rebuilds the books in a fresh ledger.',
    tags: ['Relay'],
    access: ['operator'],
    body: replayOrderSchema,
    example: { from: '1' },
    answers: {
      202: {
        description: 'The run has begun',
        result: replayRunSchema,
        headers: { Location: 'The run’s address', 'Retry-After': 'Seconds after which to ask it' },
      },
    },
    problems: [
      'replay_malformed',
      'replay_range_empty',
      'replay_running',
      'replay_interrupted',
      'replay_target_in_use',
      'ledger_malformed',
      'rate_malformed',
    ],
    async handle({ body, caller }) {
      const { from, to, ...rest } = body;
      const run = await replays.start({
        ...rest,
        // Into a ledger of its own the whole outbox is meant; into the live one somebody has to say from where.
        from: parsePlace('from', from ?? (rest.into === undefined ? '' : '1')),
        to: to === undefined ? undefined : parsePlace('to', to),
        by: `member ${caller.memberId}`,
      });
      return {
        status: 202,
        headers: { Location: `/api/relay/replays/${run.runId}`, 'Retry-After': '1' },
        result: { ...replayJson(run), interrupted: false },
      };
    },
  });
}

function readRoute(knex: Knex): Route {
  return defineRoute({
    method: 'get',
    path: '/api/relay/replays/{runId}',
    summary: 'Read how far a replay is, or how it ended',
    tags: ['Relay'],
    access: ['operator'],
    params: z.object({ runId: idSchema }),
    answers: { 200: { description: 'The run', result: replayRunSchema } },
    problems: ['replay_unknown'],
    async handle({ params }) {
      // Asked before the run is read: one that ends in between is then not shown as interrupted.
      const isAtWork = await isReplayAtWork(knex);
      const run = await readReplay(knex, params.runId);
      const interrupted = run.status === 'running' && !isAtWork;
      return { status: 200, result: { ...replayJson(run), interrupted } };
    },
  });
}
