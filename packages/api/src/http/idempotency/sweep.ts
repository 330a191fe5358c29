import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { describeError } from '../request-log.ts';
import { deleteKeysBefore } from './keys-table.ts';

/** So long the same request gives the same answer; a key lives until the sweep after that. */
export const KEPT_MS = 24 * 3_600_000;
/** Few rows at a time, so that a sweep holds no lock that a request would notice. */
const BATCH = 500;

export interface SweepContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Deletes the keys that are older than a day, and returns how many they were. Any number of processes may do it at once. */
export async function sweepKeys({ knex, clock }: Omit<SweepContext, 'log'>, batch = BATCH): Promise<number> {
  const before = new Date(clock().getTime() - KEPT_MS);
  let deleted = 0;
  for (;;) {
    const count = await deleteKeysBefore(knex, before, batch);
    deleted += count;
    if (count < batch) return deleted;
  }
}

/** Sweeps at once and then every `everyMs`. */
export function startSweep(context: SweepContext, everyMs: number): { stop(): Promise<void> } {
  let round = Promise.resolve();
  const run = () => {
    round = round
      .then(() => sweepKeys(context))
      .then((deleted) => {
        if (deleted > 0) context.log.info({ deleted }, 'Deleted old idempotency keys');
      })
      .catch((error) => context.log.error(describeError(error), 'Old idempotency keys could not be deleted'));
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
