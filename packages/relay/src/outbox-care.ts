import { archiveOutbox, extendOutbox, isLedgerError, openDatabase, trimOutbox } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { RelayConfig } from './config.ts';
import { type Jobs, startJobs } from './jobs.ts';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const BY = 'relay';

/**
 * Archives what is complete in the outbox, and, where it was given a user who may change the table, keeps an empty partition ahead and
 * drops what is archived and old. Of several relays one does it at a time. Nothing of it touches the relay's own work: where the disk is
 * full, the outbox keeps its events.
 */
export function careForOutbox(
  { outboxCare }: Pick<RelayConfig, 'outboxCare'>,
  knex: Knex,
  log: Logger,
  everyMs = EVERY_MS,
): Jobs | undefined {
  if (outboxCare === undefined) return undefined;
  const { folder, keepDays, maintenanceUrl } = outboxCare;

  async function archive(): Promise<void> {
    for (const { fromSeq, toSeq, ...written } of await archiveOutbox(knex, { folder, by: BY }))
      log.info({ fromSeq: `${fromSeq}`, toSeq: `${toSeq}`, ...written }, 'archived a part of the outbox');
  }

  /** Its connections last as long as it takes: the usual user may not do this. */
  async function trim(url: string): Promise<void> {
    const maintenance = openDatabase({ url, poolSize: 3 });
    try {
      await extendOutbox(maintenance);
      const decisions = await trimOutbox(maintenance, { folder, keepMs: keepDays * DAY_MS, by: BY });
      for (const { partition, kept } of decisions)
        if (kept === null)
          log.info(
            { fromSeq: `${partition.fromSeq}`, toSeq: `${partition.toSeq}` },
            'dropped a part of the outbox',
          );
    } finally {
      await maintenance.destroy();
    }
  }

  return startJobs(
    [
      {
        name: 'caring for the outbox',
        everyMs,
        run: () =>
          unlessOthersDo(async () => {
            await archive();
            if (maintenanceUrl !== undefined) await trim(maintenanceUrl);
          }),
      },
    ],
    (message, error) => log.warn({ err: error }, message),
  );
}

async function unlessOthersDo(work: () => Promise<void>): Promise<void> {
  await work().catch((error) => {
    if (!isLedgerError(error) || error.code !== 'outbox_care_running') throw error;
  });
}
