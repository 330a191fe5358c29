import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { describeError } from '../http/request-log.ts';
import { deleteExpiredAttempts } from '../log-in/attempts-table.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { deleteExpiredSessions } from './sessions-table.ts';

export interface SessionSweepContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Few rows at a time, so that a sweep locks little and is soon over. */
const BATCH = 500;
const EVERY_MS = 60_000;

/** Deletes the sessions and the attempts to log in that have expired. Nobody is let in by one, swept or not. */
export async function sweepExpired({ knex, clock }: Omit<SessionSweepContext, 'log'>): Promise<void> {
  for (const deleteExpired of [deleteExpiredSessions, deleteExpiredAttempts]) {
    while ((await deleteExpired(knex, clock(), BATCH)) === BATCH);
  }
}

/** Sweeps at once and then every minute. Any number of processes may do it. */
export function startSessionSweep(context: SessionSweepContext): RepeatedJob {
  return repeat(() => sweepExpired(context), {
    everyMs: EVERY_MS,
    onError: (error) => context.log.error(describeError(error), 'Expired sessions could not be deleted'),
  });
}
