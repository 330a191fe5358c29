import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  archiveOutbox,
  createLedger,
  extendOutbox,
  type Ledger,
  lastSeq,
  paymentConfirmedEvent,
  previewReplay,
  readOutboxParts,
  SETTLEMENT_CONSUMER,
  settlementHandlers,
  trimOutbox,
} from '@jangbu/ledger-core';
import { createRelay, EmbeddedSource } from '@jangbu/relay';
import { type Stack, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../scripts/testing/test-database.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';

/** Its own, so that no other test is harmed. */
const INSTANCE = 'trimmed';
/** A server that the environment names is not ours to kill. */
const isOurs = !process.env['DATABASE_URL'];
const DAY_MS = 86_400_000;

(isOurs ? describe : describe.skip)('a MySQL that dies right after the outbox was trimmed', () => {
  let stack: Stack;
  let database: TestDatabase;
  let ledger: Ledger;
  let folder: string;
  let written = 0;
  beforeAll(async () => {
    stack = await startStack({ instance: INSTANCE, parts: ['mysql'] });
    database = await createTestDatabase({ serverUrl: stack.addresses.databaseUrl });
    // Written two months ago, so that it may go.
    const clock = () => new Date(Date.now() - 60 * DAY_MS);
    ledger = await createLedger({ knex: database.runtime, name: 'mall', clock });
    folder = mkdtempSync(join(tmpdir(), 'jangbu-trimmed-'));
  }, 120_000);
  afterAll(async () => {
    try {
      await database?.drop();
    } finally {
      await stack?.stop();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('has lost nothing when it is back, and gives no seq twice', async () => {
    await extendOutbox(database.admin, { events: 100 });
    await write(90);
    await extendOutbox(database.admin, { events: 100 });
    await write(30);
    await settle();
    await archiveOutbox(database.runtime, { folder, by: 'kim' });
    const trimmed = await trimOutbox(database.admin, { folder, by: 'kim', keepMs: 35 * DAY_MS });
    await stack.kill('mysql');
    expect(trimmed.map(({ kept }) => kept)).toEqual([null, 'it has the newest events']);

    await stack.start('mysql');
    expect((await readOutboxParts(database.admin)).parts.map(({ isInOutbox }) => isInOutbox)).toEqual([
      false,
      true,
    ]);
    await expectAllSettled(120);
    await write(5);
    expect(await lastSeq(database.runtime)).toBe(125n);
    await settle();
    await expectAllSettled(125);
  }, 120_000);

  /** In the books, and where it can be read again: partly in its archive. */
  async function expectAllSettled(events: number): Promise<void> {
    const verification = await ledger.verify({ lagAllowanceMs: 0 });
    expect(verification).toMatchObject({ ok: true, findings: [], checked: { events, entries: events } });
    const handlers = settlementHandlers(ledger);
    const range = { ledger: 'mall', fromSeq: 1n, archiveFolder: folder, by: 'kim' };
    const preview = await previewReplay(database.runtime, range, handlers);
    expect(preview).toMatchObject({ events, known: events, wouldApply: 0 });
  }

  async function write(count: number): Promise<void> {
    const events = Array.from({ length: count }, () => {
      written += 1;
      return paymentConfirmedEvent({
        paymentKey: `pay-${written}`,
        orderId: `order-${written}`,
        currency: 'KRW',
        amount: '1000',
        approvedAt: '2026-09-01T01:02:03.000Z',
        shares: [{ sellerId: 'seller', amount: '1000' }],
      });
    });
    await ledger.transaction((writer) => writer.appendEvents(events));
  }

  async function settle(): Promise<void> {
    const key = { knex: database.runtime, ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
    const source = new EmbeddedSource(key);
    const relay = createRelay({ ...key, ledger, source, handlers: settlementHandlers(ledger) });
    await relay.start();
    await waitFor('all to be settled', async () => (await ledger.lag()).events === 0);
    await relay.stop();
  }
});
