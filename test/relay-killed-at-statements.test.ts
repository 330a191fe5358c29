import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger, type Ledger, paymentConfirmedEvent } from '@jangbu/ledger-core';
import { choosePort, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, spawnService } from '../scripts/system/service.ts';
import { planServices } from '../scripts/system/services.ts';
import { createTestDatabase, type TestDatabase } from '../scripts/testing/test-database.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { FAIL_POINTS, STATEMENT_FAIL_POINTS } from './chaos/statements.ts';
import { type OutboxStream, streamOutbox } from './support/outbox-stream.ts';

const KAFKA_RELAY = 'test/support/kafka-relay.ts';

describe.each(['embedded', 'kafka'] as const)(
  'a relay that reads by the %s source and is killed after',
  (source) => {
    let database: TestDatabase;
    let ledger: Ledger;
    let folder: string;
    let stream: OutboxStream | undefined;
    let written = 0;
    // Kafka may deliver what was written at once in several batches.
    const mayBeApplied = source === 'kafka' ? [0, 1, 2, 3] : [0, 3];
    const relays: Service[] = [];
    beforeAll(async () => {
      database = await createTestDatabase();
      ledger = await createLedger({ knex: database.runtime, name: 'kimchi-mall' });
      folder = mkdtempSync(join(tmpdir(), 'jangbu-killed-'));
      if (source === 'kafka') stream = await streamOutbox(database);
      // What a relay takes was read before, whatever the source.
      await write();
      await settleByAnother();
    }, 120_000);
    afterAll(async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await stream?.end();
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
        // Whoever does not come by its point is not killed, and is waited for in vain.
        expect(await relay.ended).toBe('SIGKILL');
        const before = await counts();
        expect(mayBeApplied.map((count) => before.events - count)).toContain(before.applied);
        expect(before.entries).toBe(before.applied);
        await settleByAnother();
        expect(await counts()).toEqual({ events: written, applied: written, entries: written });
        expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
      },
      60_000,
    );

    /** Ends well, so that nobody is under suspicion for the next death. */
    async function settleByAnother(): Promise<void> {
      const { relay } = await start();
      await untilSettled();
      await relay.stop();
    }

    /** Payments of a seller whom nobody has met yet, so that accounts are opened as well; of one key, so that they are one batch. */
    async function write(): Promise<void> {
      await database.runtime.transaction((trx) =>
        ledger.within(trx).appendEvents([payment(), payment(), payment()]),
      );
    }

    function payment() {
      written += 1;
      const event = paymentConfirmedEvent({
        paymentKey: `killed-${written}`,
        orderId: `order-${written}`,
        currency: 'KRW',
        amount: '10000',
        approvedAt: new Date().toISOString(),
        shares: [{ sellerId: `seller-${Math.ceil(written / 3)}`, amount: '10000' }],
      });
      return { ...event, aggregateId: `killed-${Math.ceil(written / 3)}` };
    }

    async function start(failPoint?: string): Promise<{ relay: Service; log: string }> {
      const { addresses } = await startStack({
        instance: 'test',
        parts: source === 'kafka' ? ['mysql', 'kafka'] : ['mysql'],
      });
      const { relay: plan } = planServices({
        database,
        addresses: { ...addresses, connectUrl: undefined },
        source,
        ports: { api: 0, relay: await choosePort([]), sandbox: 0 },
        folder: join(folder, String(relays.length)),
        topicPrefix: database.name,
      });
      const relay = spawnService({
        ...plan,
        script: source === 'kafka' ? KAFKA_RELAY : plan.script,
        env: { ...plan.env, ...(failPoint === undefined ? {} : { JANGBU_FAIL_POINT: failPoint }) },
      });
      relays.push(relay);
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
  },
);
