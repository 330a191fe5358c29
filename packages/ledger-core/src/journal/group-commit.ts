import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.ts';
import { isLedgerError } from '../errors.ts';
import { type LedgerNotice, noticesOf } from '../watch/notice.ts';
import type { Watchers } from '../watch/watchers.ts';
import type { Group } from './booking.ts';
import type { Outcome } from './decide-groups.ts';
import { type PostingContext, postGroups, postGroupsEarly } from './posting.ts';

/** Posts groups in transactions of its own, many callers' groups in one. */
export interface Poster {
  /** Resolves with the outcomes of each group's entries once they are committed. */
  post(groups: readonly Group[]): Promise<Outcome[][]>;
}

interface Waiting {
  readonly group: Group;
  settle(outcomes: Outcome[]): void;
  fail(error: unknown): void;
}

/** Beyond these a batch gains nothing more, and its statements grow. */
const MOST_ENTRIES = 500;
const MOST_LINES = 8_000;
/** While one batch commits, the next one's entries are written: a third would only wait for the second's locks. */
const LANES = 2;
/** After a batch that had to be decided before it was written, so are this many more: rejections come in swarms. */
const CAREFUL_BATCHES = 16;

/**
 * Group commit: while a batch is on its way, whoever calls next waits in the queue, and all of them make the next batch. A
 * hot account is therefore locked, and the disk synchronised, once a batch instead of once an entry.
 */
export function createPoster(knex: Knex, context: PostingContext & { watchers: Watchers }): Poster {
  const queue: Waiting[] = [];
  let lanes = 0;
  let carefulBatches = 0;

  async function runLane(): Promise<void> {
    lanes++;
    // Callers of one turn of the event loop belong together.
    await new Promise(setImmediate);
    for (let batch = takeBatch(queue); batch.length > 0; batch = takeBatch(queue)) await postBatch(batch);
    lanes--;
  }

  async function postBatch(batch: readonly Waiting[]): Promise<void> {
    let outcomes: Outcome[][];
    try {
      outcomes = await commit(batch.map(({ group }) => group));
    } catch (error) {
      return retryAlone(batch, error);
    }
    context.watchers.tell(() => noticesOfBatch(batch, outcomes));
    for (const [index, { settle }] of batch.entries()) settle(outcomes[index] ?? []);
  }

  /** Where MySQL refused the batch for what one entry holds, each is tried alone, so that it fails alone. */
  async function retryAlone(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isLedgerError(error)) {
      for (const waiting of batch) await postBatch([waiting]);
      return;
    }
    for (const { fail } of batch) fail(error);
  }

  async function commit(groups: readonly Group[]): Promise<Outcome[][]> {
    if (carefulBatches === 0) {
      const outcomes = await commitEarly(groups);
      if (outcomes !== undefined) return outcomes;
      carefulBatches = CAREFUL_BATCHES;
    }
    carefulBatches--;
    return inTransaction(knex, (trx) => postGroups(trx, context, groups));
  }

  async function commitEarly(groups: readonly Group[]): Promise<Outcome[][] | undefined> {
    try {
      return await inTransaction(knex, async (trx) => {
        const outcomes = await postGroupsEarly(trx, context, groups);
        if (outcomes === undefined) throw new RolledBack();
        return outcomes;
      });
    } catch (error) {
      if (error instanceof RolledBack) return undefined;
      throw error;
    }
  }

  return {
    post: (groups) =>
      Promise.all(
        groups.map(
          (group) =>
            new Promise<Outcome[]>((settle, fail) => {
              // The list is copied, so that nobody changes it on the way, and so that what is no list fails here, alone.
              queue.push({ group: { ...group, entries: [...group.entries] }, settle, fail });
              if (lanes < LANES) void runLane();
            }),
        ),
      ),
  };
}

function* noticesOfBatch(
  batch: readonly Waiting[],
  outcomes: readonly (readonly Outcome[])[],
): Iterable<LedgerNotice> {
  for (const [place, { group }] of batch.entries()) {
    for (const [index, entry] of group.entries.entries()) {
      const outcome = outcomes[place]?.[index];
      // A caller without types may give anything; the outcome says so.
      if (outcome !== undefined) yield* noticesOf(entry?.idempotencyKey, outcome);
    }
  }
}

/** Tells knex to roll back, and us that it was meant. */
class RolledBack extends Error {}

/** As many groups from the front as make a batch: one at least. */
function takeBatch(queue: Waiting[]): Waiting[] {
  let entries = 0;
  let lines = 0;
  let count = 0;
  for (const { group } of queue) {
    entries += group.entries.length;
    for (const entry of group.entries) lines += entry?.lines?.length ?? 0;
    if (count > 0 && (entries > MOST_ENTRIES || lines > MOST_LINES)) break;
    count++;
  }
  return queue.splice(0, count);
}
