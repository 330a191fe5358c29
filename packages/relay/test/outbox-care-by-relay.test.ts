import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkArchive,
  extendOutbox,
  grantRuntimeUser,
  lockReader,
  MAINTENANCE_PRIVILEGES,
  moveReader,
  openDatabase,
  readOutboxParts,
} from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Logger, pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import type { Jobs } from '../src/jobs.ts';
import { careForOutbox } from '../src/outbox-care.ts';
import { type Mall, openMall } from './support/mall.ts';

const KEEP_DAYS = 35;
const EVERY_MS = 20;

/** The job that a relay does once a minute, here all the time, as the users that it has in production. */
describe('a relay that cares for the outbox', () => {
  let mall: Mall;
  let folder: string;
  let maintenanceUrl: string;
  let jobs: Jobs | undefined;
  const told: Record<string, unknown>[] = [];
  const log: Logger = pino({ level: 'info' }, { write: (line) => told.push(JSON.parse(line)) });

  beforeAll(async () => {
    // Written two months ago, so that all of it may go.
    mall = await openMall({ clock: () => new Date(Date.now() - 60 * 86_400_000) });
    folder = mkdtempSync(join(tmpdir(), 'jangbu-care-'));
    maintenanceUrl = await makeMaintenanceUser(mall.database);
    await parted(300);
    await mall.write(900);
    await mall.settle();
  }, 60_000);
  afterEach(async () => {
    await jobs?.stop();
    jobs = undefined;
    expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  });
  afterAll(async () => {
    await mall?.database.admin.raw("DROP USER IF EXISTS ?@'%'", [userOf(maintenanceUrl)]);
    await mall?.database.drop();
    rmSync(folder, { recursive: true });
  });

  it('writes what is complete to files and drops nothing, where it has no user who may', async () => {
    careFor({ maintenanceUrl: undefined });
    await waitFor('three parts to be archived', async () => messages('archived a part').length === 3);
    await jobs?.stop();
    expect((await parts()).map(({ isInOutbox }) => isInOutbox)).toEqual([true, true, true, true]);
    expect(await checkArchive(mall.database.runtime, folder)).toEqual([]);
    expect(messages('failed')).toEqual([]);
  });

  it('drops nothing that is younger than it is to keep', async () => {
    careFor({ keepDays: 70 });
    await waitFor('an empty partition to be ahead', isExtended);
    await jobs?.stop();
    expect(messages('dropped a part')).toEqual([]);
  });

  it('drops no partition past the slowest reader, and goes on as it reads', async () => {
    await readTo(301n);
    careFor();
    await waitFor('the first part to be dropped', async () => messages('dropped a part').length === 1);
    await jobs?.stop();
    await readTo(350n);
    // A file that is lost is written anew, by which a round is seen to have begun; it is ended before the job is.
    rmSync(join(folder, readdirSync(folder).find((name) => /-0*301-.*gz$/.test(name)) ?? ''));
    careFor();
    await waitFor('the lost file to be there again', async () => messages('archived a part').length === 4);
    await jobs?.stop();
    expect(messages('dropped a part')).toHaveLength(1);
    careFor();
    await readTo(901n);
    await waitFor('two more to be dropped', async () => messages('dropped a part').length === 3);
    await jobs?.stop();
    expect(messages('dropped a part')).toMatchObject([
      { fromSeq: '1', toSeq: '300' },
      { fromSeq: '301', toSeq: '600' },
      { fromSeq: '601', toSeq: '900' },
    ]);
    expect((await parts()).map(({ isInOutbox }) => isInOutbox).slice(0, 4)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.gz'))).toHaveLength(3);
    expect(messages('failed')).toEqual([]);
  });

  it('has a user for it who can change the outbox’s partitions and touch nothing else', async () => {
    const maintenance = openDatabase({ url: maintenanceUrl });
    try {
      for (const forbidden of [
        'DROP TABLE journal_lines',
        'ALTER TABLE inbox ADD COLUMN more INT',
        'UPDATE account_balances SET posted_debit = posted_debit + 1',
        'INSERT INTO journal_entries (ledger_id) VALUES (1)',
        'SELECT * FROM accounts',
      ])
        await expect(maintenance.raw(forbidden)).rejects.toMatchObject({ errno: 1142 });
      await expect(maintenance.raw('DELETE FROM outbox')).rejects.toMatchObject({ errno: 1142 });
    } finally {
      await maintenance.destroy();
    }
    const { runtime } = mall.database;
    for (const ddl of [
      'ALTER TABLE outbox DROP PARTITION tail',
      'TRUNCATE TABLE outbox',
      'DROP TABLE outbox',
    ])
      await expect(runtime.raw(ddl)).rejects.toMatchObject({ errno: 1142 });
  });

  function careFor(changed: { keepDays?: number; maintenanceUrl?: string | undefined } = {}): void {
    const outboxCare = { folder, keepDays: KEEP_DAYS, maintenanceUrl, ...changed };
    jobs = careForOutbox({ outboxCare }, mall.database.runtime, log, EVERY_MS);
  }

  function messages(text: string) {
    return told.filter(({ msg }) => String(msg).includes(text));
  }

  async function parts() {
    return (await readOutboxParts(mall.database.runtime)).parts;
  }

  async function isExtended(): Promise<boolean> {
    const { parts: all, lastSeq } = await readOutboxParts(mall.database.runtime);
    return all.some(({ fromSeq }) => fromSeq > lastSeq);
  }

  function readTo(nextSeq: bigint): Promise<void> {
    return mall.database.runtime.transaction(async (trx) => {
      await lockReader(trx, 'webhooks', 1n, new Date());
      await moveReader(trx, 'webhooks', { nextSeq, gapSince: null }, new Date());
    });
  }

  /** Partitions of so many events each, for what is written next, with one ahead of it. */
  async function parted(events: number): Promise<void> {
    const { admin } = mall.database;
    for (const bound of [1, 2, 3, 4].map((count) => count * events + 1))
      await admin.raw(
        `ALTER TABLE outbox REORGANIZE PARTITION tail INTO
           (PARTITION ${`before_${bound}`} VALUES LESS THAN (${bound}), PARTITION tail VALUES LESS THAN MAXVALUE)`,
      );
    expect(await extendOutbox(admin, { events })).toEqual([]);
  }
});

async function makeMaintenanceUser({ admin, name, adminUrl }: Mall['database']): Promise<string> {
  const user = { name: `${name}_care`, password: 'a password of this test' };
  await grantRuntimeUser(admin, user, MAINTENANCE_PRIVILEGES);
  const url = new URL(adminUrl);
  url.username = user.name;
  url.password = encodeURIComponent(user.password);
  return url.href;
}

function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
