import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, type Ledger, paymentConfirmedEvent } from '@jangbu/ledger-core';
import { choosePort } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, spawnService, untilReady } from '../scripts/system/service.ts';
import { planServices } from '../scripts/system/services.ts';
import { createTestDatabase, type TestDatabase } from '../scripts/testing/test-database.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { FAIL_POINTS, STATEMENT_FAIL_POINTS } from './chaos/statements.ts';

describe('a relay that is killed after', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let folder: string;
  let written = 0;
  const relays: Service[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    ledger = await createLedger({ knex: database.runtime, name: 'kimchi-mall' });
    folder = mkdtempSync(join(tmpdir(), 'jangbu-killed-'));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  it('no statement tells each of them', async () => {
    await write();
    const { relay, log } = await start('relay.after:');
    await untilSettled();
    await relay.stop();
    const told = readFileSync(log, 'utf8').match(/^relay\.(taking|after):.*$/gm) ?? [];
    expect([...new Set(told)]).toEqual(STATEMENT_FAIL_POINTS);
  }, 60_000);

  it.each(FAIL_POINTS)(
    '%s has applied all or nothing, and the next one applies the rest',
    async (point) => {
      await write();
      const { relay } = await start(point);
      expect(await relay.ended).toBe('SIGKILL');
      const before = await counts();
      expect([before.events - 3, before.events]).toContain(before.applied);
      expect(before.entries).toBe(before.applied);
      const { relay: next } = await start();
      await untilSettled();
      // Ends well, so that nobody is under suspicion for the next death.
      await next.stop();
      expect(await counts()).toMatchObject({ events: written, applied: written, entries: written });
      expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
    },
    60_000,
  );

  /** Payments of a seller whom nobody has met yet, so that accounts are opened as well. */
  async function write(): Promise<void> {
    await database.runtime.transaction((trx) =>
      ledger.within(trx).appendEvents([payment(), payment(), payment()]),
    );
  }

  function payment() {
    written += 1;
    return paymentConfirmedEvent({
      paymentKey: `killed-${written}`,
      orderId: `order-${written}`,
      currency: 'KRW',
      amount: '10000',
      approvedAt: new Date().toISOString(),
      shares: [{ sellerId: `seller-${Math.ceil(written / 3)}`, amount: '10000' }],
    });
  }

  async function start(failPoint?: string): Promise<{ relay: Service; log: string }> {
    const { relay: plan } = planServices({
      database,
      addresses: { databaseUrl: database.runtimeUrl, kafkaBrokers: undefined, connectUrl: undefined },
      source: 'embedded',
      ports: { api: 0, relay: await choosePort([]), sandbox: 0 },
      folder: join(folder, String(relays.length)),
    });
    const relay = spawnService({
      ...plan,
      env: { ...plan.env, ...(failPoint === undefined ? {} : { JANGBU_FAIL_POINT: failPoint }) },
    });
    relays.push(relay);
    if (failPoint === undefined) await untilReady(relay, plan);
    return { relay, log: plan.logFile };
  }

  async function untilSettled(): Promise<void> {
    await waitFor('all to be settled', async () => (await ledger.lag()).events === 0);
  }

  async function counts(): Promise<{ events: number; applied: number; entries: number }> {
    const [[row]] = await database.admin.raw(
      `SELECT (SELECT COUNT(*) FROM outbox) AS events, (SELECT COUNT(*) FROM inbox) AS applied,
              (SELECT COUNT(*) FROM journal_entries) AS entries`,
    );
    return { events: Number(row.events), applied: Number(row.applied), entries: Number(row.entries) };
  }
});
