import {
  beginReplay,
  type FeePolicy,
  proceedReplay,
  type ReplayPlace,
  type ReplayRun,
  type ReplaySession,
  seqOfPlace,
  settlementHandlers,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';

export interface ReplayOrder {
  readonly from: ReplayPlace;
  readonly to: ReplayPlace | undefined;
  readonly aggregateId?: string | undefined;
  readonly into?: string | undefined;
  readonly feePolicy?: FeePolicy | undefined;
  readonly by: string;
}

/** Replays that this process runs beside its requests. */
export interface Replays {
  /**
   * Begins a run, and returns as soon as it is on record.
   * @throws LedgerError as `beginReplay`
   */
  start(order: ReplayOrder): Promise<ReplayRun>;
  /** Ends what runs, as cancelled, after the page in hand. */
  close(): Promise<void>;
}

export function createReplays({
  knex,
  ledger,
  archiveFolder,
  log,
  clock,
}: {
  knex: Knex;
  ledger: string;
  /** Where events are that have left the outbox. */
  archiveFolder?: string | undefined;
  log: Logger;
  clock: () => Date;
}): Replays {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function proceed(session: ReplaySession): Promise<void> {
    const { run } = session;
    try {
      const handlers = settlementHandlers({ name: run.source }, run.feePolicy ?? undefined);
      const ended = await proceedReplay(session, {
        knex,
        handlers,
        archiveFolder,
        clock,
        signal: stopping.signal,
      });
      log.info({ runId: run.runId, status: ended.status, ...ended.counts }, 'A replay has ended');
    } catch (error) {
      log.error({ err: error, runId: run.runId }, 'A replay was interrupted');
    } finally {
      await session.close();
    }
  }

  return {
    async start({ from, to, ...order }) {
      const fromSeq = await seqOfPlace(knex, ledger, from, 'from', archiveFolder);
      const toSeq = to === undefined ? undefined : await seqOfPlace(knex, ledger, to, 'to', archiveFolder);
      const session = await beginReplay(knex, { ...order, ledger, archiveFolder, fromSeq, toSeq }, clock);
      const work = proceed(session);
      running.add(work);
      void work.finally(() => running.delete(work));
      return session.run;
    },
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
