import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { choosePort } from '@jangbu/stack';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, spawnService, untilReady } from '../scripts/system/service.ts';
import { planServices } from '../scripts/system/services.ts';
import { createTestDatabase, type TestDatabase } from '../scripts/testing/test-database.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { takeAccount } from './chaos/account.ts';
import { randomFrom } from './chaos/wreak.ts';
import { startWriter, type Writer } from './chaos/writer.ts';
import { layWire, type Wire } from './support/wire.ts';

const WITHIN_MS = 5_000;

/** Two relays read the outbox from MySQL itself, while payments are written to it. */
describe('where the leader of the embedded source', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let folder: string;
  let writer: Writer;
  let wire: Wire;
  let leader: Service;
  let next: Service;
  const relays: Service[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jangbu-takeover-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    database = await createTestDatabase({ poolSize: 20 });
    ledger = await createLedger({ knex: database.runtime, name: 'kimchi-mall' });
    wire = await layWire(database.runtimeUrl);
    leader = await startRelay('ready', wire.url);
    next = await startRelay('live');
    writer = startWriter({ database, ledger }, { perSecond: 150, random: randomFrom(7) });
    await waitFor('the first to be settled', async () => (await countApplied()) > 0);
    expect(await leaderNow()).toMatchObject({ relay: nameOf(leader), isAlive: true });
  }, 60_000);
  afterEach(async () => {
    await writer?.stop();
    await Promise.all(relays.splice(0).map((relay) => relay.kill()));
    await wire?.close();
    await database?.drop();
  }, 60_000);

  it('is killed, the other leads within 5 s', async () => {
    const tookMs = await untilTakenOver(() => leader.kill());
    expect(tookMs).toBeLessThan(WITHIN_MS);
    await expectAllOnce();
  }, 60_000);

  it('hangs with a batch in hand, the other leads within 5 s, and the first has lost when it wakes', async () => {
    const held = await holdBatchOpen();
    const tookMs = await untilTakenOver(async () => {
      process.kill(leader.pid, 'SIGSTOP');
      await held.letGo();
    });
    expect(tookMs).toBeLessThan(WITHIN_MS);
    process.kill(leader.pid, 'SIGCONT');
    // It stands by from then on, and leads again where the other is gone.
    await waitFor('some more to be settled', countingFrom(await countApplied(), 100));
    expect(await leaderNow()).toMatchObject({ relay: nameOf(next), isAlive: true });
    [leader, next] = [next, leader];
    expect(await untilTakenOver(() => leader.kill())).toBeLessThan(WITHIN_MS);
    await expectAllOnce();
  }, 60_000);

  it('hangs and nobody stands by, it is shown as silent until it wakes', async () => {
    await next.kill();
    process.kill(leader.pid, 'SIGSTOP');
    await waitFor('it to be missed', async () => (await leaderNow())?.isAlive === false);
    expect(await leaderNow()).toMatchObject({ relay: nameOf(leader) });
    process.kill(leader.pid, 'SIGCONT');
    await waitFor('it to lead again', async () => (await leaderNow())?.isAlive);
    await expectAllOnce();
  }, 60_000);

  it('cannot be reached any more, the other leads within 5 s', async () => {
    const tookMs = await untilTakenOver(async () => wire.cut());
    expect(tookMs).toBeLessThan(WITHIN_MS);
    await expectAllOnce();
  }, 60_000);

  /** From the fault until an event that was written after it is applied by the other. */
  async function untilTakenOver(fault: () => Promise<void>): Promise<number> {
    const startedAt = Date.now();
    await fault();
    const [[last]] = await database.admin.raw('SELECT MAX(seq) AS seq FROM outbox');
    await waitFor(
      'the other to lead',
      async () => (await leaderNow())?.relay === nameOf(next) && (await countApplied(last.seq)) > 0,
      { everyMs: 10 },
    );
    return Date.now() - startedAt;
  }

  /** Keeps a batch of the leader waiting, in its transaction, for the row of an account that every payment moves. */
  async function holdBatchOpen(): Promise<{ letGo(): Promise<void> }> {
    const [[{ account_id }]] = await database.admin.raw(
      "SELECT account_id FROM accounts WHERE code = 'assets:receivables:tosspayments'",
    );
    const holder = await database.admin.transaction();
    const letGo = () => holder.rollback().then(() => {});
    try {
      await holder.raw('SELECT 1 FROM account_balances WHERE ledger_id = ? AND account_id = ? FOR UPDATE', [
        ledger.ledgerId,
        account_id,
      ]);
      await waitFor('a batch to wait', async () => {
        const [rows] = await database.admin.raw(
          `SELECT 1 FROM performance_schema.data_locks
            WHERE OBJECT_SCHEMA = ? AND OBJECT_NAME = 'account_balances' AND LOCK_STATUS = 'WAITING'`,
          [database.name],
        );
        return rows.length > 0;
      });
    } catch (error) {
      await letGo();
      throw error;
    }
    return { letGo };
  }

  async function expectAllOnce(): Promise<void> {
    await writer.stop();
    await waitFor('all to be settled', async () => (await ledger.lag()).events === 0);
    const account = await takeAccount({ database, ledger }, writer.acknowledged);
    expect(account).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, deadLetters: 0, findings: [] });
    expect(account.events).toBeGreaterThanOrEqual(writer.acknowledged.length);
  }

  async function startRelay(until: 'ready' | 'live', databaseUrl = database.runtimeUrl): Promise<Service> {
    const { relay: plan } = planServices({
      database: { ...database, runtimeUrl: databaseUrl },
      addresses: { databaseUrl, kafkaBrokers: undefined, connectUrl: undefined },
      source: 'embedded',
      ports: { api: 0, relay: await choosePort([]), sandbox: 0 },
      folder: join(folder, `${database.name}-${relays.length}`),
    });
    const relay = spawnService(plan);
    relays.push(relay);
    await untilReady(relay, { ...plan, readyUrl: plan.readyUrl.replace('ready', until) });
    return relay;
  }

  async function leaderNow() {
    return (await ledger.lag()).holdings.find(({ topic }) => topic === 'outbox');
  }

  function nameOf({ pid }: Service): string {
    return `${hostname()}:${pid}`;
  }

  function countingFrom(before: number, more: number) {
    return async () => (await countApplied()) >= before + more;
  }

  async function countApplied(afterSeq = 0): Promise<number> {
    const [[row]] = await database.admin.raw('SELECT COUNT(*) AS counted FROM inbox WHERE outbox_seq > ?', [
      afterSeq,
    ]);
    return Number(row.counted);
  }
});
