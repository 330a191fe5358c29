import { connectorGtids } from '@jangbu/connect';
import { notePosition } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { type Jobs, startJobs } from './jobs.ts';

const EVERY_MS = 2_000;

/**
 * Notices when MySQL has purged binlogs that the connector had not read, as when Connect was down for longer than they are kept. The connector
 * heals that itself, by a snapshot of the outbox; here it is told, also where it jumped ahead before anybody looked.
 */
export function watchBinlog(
  { connectUrl, connector }: { connectUrl: string; connector: string },
  knex: Knex,
  log: Logger,
): Jobs {
  async function look(): Promise<void> {
    const gtids = await connectorGtids(connectUrl, connector);
    for (const change of await notePosition(knex, connector, gtids, new Date())) {
      if (change === 'purged')
        log.error(
          { connector },
          'MySQL has purged binlogs that the connector had not read; it reads the outbox anew',
        );
      else log.info({ connector }, 'the connector has read the outbox anew; nothing is missing in Kafka');
    }
  }
  return startJobs([{ name: 'looking after the binlog', everyMs: EVERY_MS, run: look }], (message, error) =>
    log.warn({ err: error }, message),
  );
}
