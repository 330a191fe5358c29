import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  archiveOutbox,
  createLedger,
  extendOutbox,
  lockReader,
  MAINTENANCE_PRIVILEGES,
  moveReader,
  openDatabase,
  type TrimDecision,
  trimOutbox,
} from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jangbu } from './support/jangbu.ts';
import { type Mall, openMall } from './support/mall.ts';

/** Somebody looks at the outbox a year later. */
const LATER = () => new Date(Date.now() + 365 * 86_400_000);
const ARCHIVE_NOW = resolve(import.meta.dirname, 'support/archive-now.ts');
const KEEP_MS = 35 * 86_400_000;

let mall: Mall;
let folder: string;
let maintenance: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  mall = await openMall();
  folder = mkdtempSync(join(tmpdir(), 'jangbu-archive-'));
  maintenance = await openMaintenance();
}, 60_000);
afterAll(async () => {
  expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  await maintenance?.destroy();
  await mall?.database.drop();
  rmSync(folder, { recursive: true });
});

describe('the outbox', () => {
  it('is parted by seq, by a user who may, with an empty partition ahead', async () => {
    expect(await extendOutbox(maintenance, { events: 300, dryRun: true })).toEqual([301n]);
    expect(await extendOutbox(maintenance, { events: 300 })).toEqual([301n]);
    expect(await extendOutbox(maintenance, { events: 300 })).toEqual([]);
    await mall.write(200);
    expect(await extendOutbox(maintenance, { events: 300 })).toEqual([601n]);
    await mall.write(390);
    expect(await extendOutbox(maintenance, { events: 300 })).toEqual([901n]);
    await mall.write(10);
    const refused = mall.database.runtime.raw('ALTER TABLE outbox DROP PARTITION before_301');
    await expect(refused).rejects.toMatchObject({ errno: 1142 });
  });

  it('keeps what is not archived, what has not settled, and what is young', async () => {
    expect(await trim()).toEqual(['it is not archived yet']);
    const written = await archiveOutbox(mall.database.runtime, { folder, by: 'kim', settledForMs: 0 });
    expect(written.map(({ fromSeq, toSeq, events }) => [fromSeq, toSeq, events])).toEqual([
      [1n, 300n, 300],
      [301n, 600n, 300],
    ]);
    expect(await trim()).toEqual(['nobody has read the outbox yet']);
    await settleTo(100);
    expect(await trim()).toEqual(['consumer settlement of ledger mall has not settled seq 101']);
    await mall.settle();
    expect(await trim({ clock: () => new Date() })).toEqual([expect.stringMatching(/which are to be kept$/)]);
    expect(await trim({ dryRun: true })).toEqual([null, null, 'it has the newest events']);
  });

  it('keeps what somebody who reads by position has yet to read, and tells how far everybody is', async () => {
    await readTo('search', 300n);
    await readTo('mail', 950n);
    expect(await trim({ dryRun: true })).toEqual(['reader search has yet to read seq 300']);
    await readTo('search', 301n);
    expect(await trim({ dryRun: true })).toEqual([null, 'reader search has yet to read seq 301']);
    expect(command('outbox', 'status').stdout).toMatch(
      /^last seq {2}\d+\nreader {4}search, from seq 301 on\nreader {4}mail, from seq 950 on\n/,
    );
    await readTo('search', 950n);
    expect(command('outbox', 'status', '--json').json.readers).toMatchObject([
      { reader: 'mail', nextSeq: '950' },
      { reader: 'search', nextSeq: '950' },
    ]);
  });

  it('is archived as it was, byte for byte, and only once', async () => {
    const [file = '', ...others] = readdirSync(folder).filter((name) => name.endsWith('.gz'));
    expect(others).toHaveLength(1);
    const lines = gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .trimEnd()
      .split('\n');
    const [rows] = await mall.database.admin.raw(
      'SELECT CAST(seq AS CHAR) AS seq, event_id, payload, headers, CAST(created_at AS CHAR) AS at FROM outbox WHERE seq <= 300 ORDER BY outbox.seq',
    );
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      rows.map((row: Record<string, string>) =>
        expect.objectContaining({
          seq: row['seq'],
          eventId: row['event_id'],
          payload: row['payload'],
          headers: row['headers'],
          writtenAt: `${row['at']?.replace(' ', 'T')}Z`,
        }),
      ),
    );
    const before = readFileSync(join(folder, file));
    expect(await archiveOutbox(mall.database.runtime, { folder, by: 'kim', settledForMs: 0 })).toEqual([]);
    // One that was lost is written again, to the same bytes, for as long as the outbox has it.
    rmSync(join(folder, file));
    const again = await archiveOutbox(mall.database.runtime, { folder, by: 'lee', settledForMs: 0 });
    expect(again).toHaveLength(1);
    expect(readFileSync(join(folder, file)).equals(before)).toBe(true);
    expect(command('outbox', 'check').stdout).toBe('Whole: 2 files.\n');
  });

  it('is left alone where the disk takes no more', () => {
    const full = join(folder, 'full');
    // The largest file that this shell may write is of four kilobytes.
    const { stdout } = spawnSync(
      'sh',
      [
        '-c',
        `ulimit -f 8; exec ${process.execPath} --disable-warning=ExperimentalWarning ${ARCHIVE_NOW} ${full}`,
      ],
      { encoding: 'utf8', env: { ...process.env, DATABASE_URL: mall.database.runtimeUrl } },
    );
    expect(stdout).toBe('archive_unwritable EFBIG');
    expect(readdirSync(full)).toEqual([]);
    rmSync(full, { recursive: true });
  });

  it('does not let go of what an open transaction or a lost file holds', async () => {
    const held = await mall.database.admin.transaction();
    await held.raw('SELECT seq FROM outbox WHERE seq = 5 FOR UPDATE');
    expect(await trim()).toEqual(['an open transaction holds an event of it']);
    await held.rollback();
    const [file = ''] = readdirSync(folder);
    const whole = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), whole.subarray(0, -1));
    expect(await trim()).toEqual([expect.stringMatching(/is not the file that was written/)]);
    expect(command('outbox', 'check')).toMatchObject({ status: 1 });
    writeFileSync(join(folder, file), whole);
  });

  it('drops what may go, is proven all the same, and is replayed across the border', async () => {
    const before = await mall.ledger.verify({ lagAllowanceMs: 0 });
    expect(await trim()).toEqual([null, null, 'it has the newest events']);
    const [[counted]] = await mall.database.admin.raw('SELECT COUNT(*) AS c, MIN(seq) AS first FROM outbox');
    expect(Number(counted.first)).toBe(601);
    expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({
      ok: true,
      checked: before.checked,
    });
    expect(command('replay', '--from', '1', '--yes', '--json').json).toMatchObject({
      counts: { events: before.checked.events, applied: 0, duplicates: before.checked.events },
    });
    expect(command('replay', '--into', 'rebuilt', '--page-size', '70', '--yes').status).toBe(0);
    expect(command('diff', 'mall', 'rebuilt').status).toBe(0);
    expect(command('verify', '--ledger', 'rebuilt', '--lag-allowance', '0').status).toBe(0);
  });

  it('is replayed from a seq, an instant and an aggregate that have left it', async () => {
    const dry = (...args: string[]) => command('replay', ...args, '--dry-run', '--json').json;
    expect(dry('--from', '250', '--to', '310')).toMatchObject({ events: 61, known: 61, wouldApply: 0 });
    expect(dry('--from', '1', '--aggregate', 'pay-7')).toMatchObject({ events: 1 });
    expect(dry('--from', '2020-01-01T00:00:00Z', '--to', '590')).toMatchObject({ fromSeq: '1', events: 590 });
    const line = gunzipSync(readFileSync(join(folder, readdirSync(folder)[0] ?? '')))
      .toString()
      .split('\n')[298];
    const at = JSON.parse(line ?? '').writtenAt.slice(0, 23);
    expect(dry('--from', '1', '--to', `${at}Z`)).toMatchObject({
      toSeq: expect.stringMatching(/^(299|300|30\d)$/),
    });
  });

  it('is followed to the file that has an event', () => {
    const traced = command('trace', '5', '--ledger', 'mall');
    expect(traced.stdout).toMatch(
      /^event {8}has left the outbox, and is in outbox-000000000001-000000000300.jsonl.gz\napplied {6}mall.payment:2:7005/,
    );
  });

  it('says where its archive is missing, and what is missing in the books', async () => {
    const nowhere = jangbu(mall.database.runtimeUrl, [
      'replay',
      '--from',
      '1',
      '--dry-run',
      '--ledger',
      'mall',
    ]);
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringMatching(/\(archive_missing\)\n$/) });
    await createLedger({ knex: mall.database.runtime, name: 'empty' });
    const verified = command('verify', '--ledger', 'empty', '--json');
    expect(verified.json.findings).toContainEqual(
      expect.objectContaining({
        detail: 'it has 300 events, of which 0 were applied or went to dead letters',
      }),
    );
  });

  it('goes on where a process died between the mark and the drop', async () => {
    await mall.write(300);
    await mall.settle();
    await extendOutbox(maintenance, { events: 300 });
    await archiveOutbox(mall.database.runtime, { folder, by: 'kim', settledForMs: 0 });
    await mall.database.admin.raw(
      "UPDATE outbox_archives SET trimmed_at = NOW(6), trimmed_by = 'dead' WHERE from_seq = 601",
    );
    expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true });
    expect(command('replay', '--from', '590', '--yes', '--json').json).toMatchObject({
      counts: { applied: 0 },
    });
    expect(await trim()).toEqual([null, 'it has the newest events']);
    const [[counted]] = await mall.database.admin.raw('SELECT MIN(seq) AS first FROM outbox');
    expect(Number(counted.first)).toBe(901);
  });

  it('refuses to rewrite what is known of trimmed events', async () => {
    const { admin } = mall.database;
    await expect(admin.raw('UPDATE outbox_archives SET events = 1 WHERE from_seq = 1')).rejects.toThrow(
      /does not change/,
    );
    await expect(admin.raw('DELETE FROM outbox_archives')).rejects.toThrow(/append-only/);
    await expect(admin.raw('DELETE FROM outbox')).rejects.toThrow(/append-only/);
  });
});

/** Why each partition stays; null for one that was dropped, or would be. */
async function trim(options: { dryRun?: boolean; clock?: () => Date } = {}): Promise<(string | null)[]> {
  const decisions: TrimDecision[] = await trimOutbox(maintenance, {
    folder,
    keepMs: KEEP_MS,
    by: 'kim',
    clock: LATER,
    ...options,
  });
  return decisions.map(({ kept }) => kept);
}

async function settleTo(seq: number): Promise<void> {
  await mall.settle(BigInt(seq));
}

/** As a service does that reads the outbox and has no inbox. */
function readTo(reader: string, nextSeq: bigint): Promise<void> {
  return mall.database.runtime.transaction(async (trx) => {
    expect(await lockReader(trx, reader, 1n, new Date())).toBeDefined();
    await moveReader(trx, reader, { nextSeq, gapSince: null }, new Date());
  });
}

function command(...args: string[]) {
  const isOfLedger = args[0] === 'replay';
  const result = jangbu(mall.database.runtimeUrl, isOfLedger ? [...args, '--ledger', 'mall'] : args, {
    OUTBOX_ARCHIVE_FOLDER: folder,
  });
  return {
    ...result,
    get json() {
      return JSON.parse(result.stdout);
    },
  };
}

/** A user who may change the partitions of the outbox, and write nothing else. */
async function openMaintenance() {
  const { admin, name, adminUrl } = mall.database;
  // Goes with the users of the database when that is dropped.
  const user = `${name}_cdc`;
  for (const [table, rights] of Object.entries(MAINTENANCE_PRIVILEGES))
    await admin.raw(`GRANT ${rights} ON ?? TO ?@'%'`, [table, user]);
  const url = new URL(mall.database.replicationUrl);
  url.pathname = new URL(adminUrl).pathname;
  return openDatabase({ url: url.href, poolSize: 3 });
}
