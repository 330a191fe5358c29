import { acquireLeaderLock } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { deleteExpiredCarts } from '../cart/cart-table.ts';
import { deleteKeysBefore } from '../http/idempotency/keys-table.ts';
import { describeError } from '../http/request-log.ts';
import { deleteExpiredAttempts } from '../log-in/attempts-table.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { deleteExpiredSessions } from '../sessions/sessions-table.ts';
import { deleteFinishedDeliveries } from '../webhooks/deliveries-table.ts';
import { careLockName } from './care-table.ts';

/** What is past its time, and how it goes: `most` rows at a time, found by an index. */
interface Sweep {
  readonly what: string;
  /** How long it is kept after the instant that `remove` goes by. */
  readonly keptMs: number;
  /** Returns how many it deleted. */
  remove(knex: Knex, before: Date, most: number): Promise<number>;
}

const DAY_MS = 24 * 3_600_000;

/** docs/operating/care-of-the-shop.md says the same, and what is kept. */
const SWEEPS: readonly Sweep[] = [
  { what: 'idempotency_keys', keptMs: DAY_MS, remove: deleteKeysBefore },
  { what: 'sessions', keptMs: 0, remove: deleteExpiredSessions },
  { what: 'log_in_attempts', keptMs: 0, remove: deleteExpiredAttempts },
  { what: 'carts', keptMs: 0, remove: deleteExpiredCarts },
  { what: 'webhook_deliveries', keptMs: 30 * DAY_MS, remove: deleteFinishedDeliveries },
];

export interface SweepContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Few rows at a time, so that a sweep holds no lock that a request would notice. */
const BATCH = 500;
const EVERY_MS = 60_000;

/** Deletes what is past its time. Returns how many rows of each table went, of those that lost any. */
export async function sweep(
  { knex, clock }: Omit<SweepContext, 'log'>,
  { batch = BATCH, isStopping = () => false }: { batch?: number; isStopping?: () => boolean } = {},
): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  for (const { what, keptMs, remove } of SWEEPS) {
    const before = new Date(clock().getTime() - keptMs);
    for (let count = batch; count === batch && !isStopping(); ) {
      count = await remove(knex, before, batch);
      if (count > 0) swept[what] = (swept[what] ?? 0) + count;
    }
  }
  return swept;
}

/** The same, unless another process is at it: then undefined. */
export async function sweepAlone(
  context: Omit<SweepContext, 'log'>,
  isStopping = () => false,
): Promise<Record<string, number> | undefined> {
  const { knex } = context;
  const lock = await acquireLeaderLock(knex, await careLockName(knex), 0);
  if (lock === undefined) return undefined;
  try {
    return await sweep(context, { isStopping });
  } finally {
    await lock.release();
  }
}

/** Sweeps at once and then every minute. */
export function startSweep(context: SweepContext): RepeatedJob {
  const { log } = context;
  return repeat(
    async (isStopping) => {
      const swept = (await sweepAlone(context, isStopping)) ?? {};
      if (Object.keys(swept).length > 0) log.info({ swept }, 'Swept what was past its time');
    },
    {
      everyMs: EVERY_MS,
      onError: (error) => log.error(describeError(error), 'The sweep did not get through'),
    },
  );
}
