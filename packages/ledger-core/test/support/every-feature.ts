import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '../../../../scripts/testing/test-database.ts';
import { markTrimmed } from '../../src/archive/archives-table.ts';
import { lowestGap } from '../../src/archive/partitions-table.ts';
import {
  acquireLeaderLock,
  advanceWatermark,
  archiveOutbox,
  beginReplay,
  cancelReplay,
  checkArchive,
  claimPartitions,
  createLedger,
  credit,
  debit,
  type Entry,
  extendOutbox,
  finishEvents,
  isHeldOpen,
  isReplayAtWork,
  type Ledger,
  lastAppliedSeq,
  lastSeq,
  lifeLockName,
  lockReader,
  markLettersPublished,
  money,
  moveReader,
  type NewEvent,
  notePosition,
  parseDay,
  parsePlace,
  paymentConfirmedEvent,
  previewReplay,
  proceedReplay,
  readAttempts,
  readEvents,
  readEventsAt,
  readGaps,
  readOffsets,
  readOutboxParts,
  readReplay,
  readReplays,
  readUnpublishedLetters,
  registerCurrency,
  releasePartitions,
  resumeReplay,
  SETTLEMENT_CONSUMER,
  seqOfPlace,
  settlementHandlers,
  startEvents,
  takeLead,
  trimOutbox,
} from '../../src/index.ts';
import { markPurged } from '../../src/outbox/connector-positions-table.ts';

const DECISION = { by: 'kim', reason: 'a test' };
const SELLERS = 300;
const EVENTS = 1_500;
const HOLDS = 150;
const won = (amount: number) => money(String(amount), 'KRW');
const seller = (index: number) => `liabilities:sellers:${index % SELLERS}:pending`;
let keys = 0;

/** So many rows in two ledgers that MySQL chooses its plans as it would in a busy place. */
export async function fillLedger({ runtime, admin }: TestDatabase): Promise<void> {
  for (const name of ['other', 'books']) {
    const ledger = await createLedger({ knex: runtime, name });
    await openAccounts(ledger);
    await ledger.postBatch(Array.from({ length: 3_000 }, (_, index) => sale(index)));
    for (let index = 0; index < HOLDS; index++) {
      const { holdId } = await ledger.hold({ ...sale(index), expiresAt: inAnHour() });
      if (index % 2 === 0) await ledger.release(holdId);
    }
    for (let index = 0; index < 200; index++) {
      const { entryId } = await ledger.post(sale(index));
      await ledger.reverse({ idempotencyKey: nextKey(), entryId });
    }
    for (let index = 0; index < 100; index++) {
      await ledger.freezeAccount(seller(index), DECISION);
      await ledger.unfreezeAccount(seller(index), DECISION);
    }
    await ledger.seal({ olderThanMs: 0 });
    await append(
      runtime,
      ledger,
      Array.from({ length: EVENTS }, (_, index) => payment(index)),
    );
    await applyAll(runtime, ledger);
  }
  await admin.raw(
    `ANALYZE TABLE accounts, account_balances, account_days, account_changes, journal_entries, journal_lines, line_spans, holds,
       hold_lines, entry_reversals, chain_blocks, outbox, inbox, dead_letters`,
  );
}

/** Each function of the library once at least, so that each of its statements is sent. */
export async function useEveryFeature(database: TestDatabase): Promise<void> {
  const { runtime } = database;
  const ledger = await createLedger({ knex: runtime, name: 'books' });
  await post(database, ledger);
  await hold(ledger);
  await changeAccounts(ledger);
  await closePeriods(ledger);
  await read(ledger);
  await relay(database, ledger);
  await replay(database, ledger);
  await careForOutbox(database, ledger);
  await createLedger({ knex: runtime, name: 'brand-new' });
}

async function post({ runtime }: TestDatabase, ledger: Ledger): Promise<void> {
  const entry = sale(1);
  await ledger.post(entry);
  await ledger.post(entry);
  await ledger.postBatch(Array.from({ length: 1_100 }, (_, index) => sale(index)));
  await ledger.postLinked([sale(1), sale(2)]);
  const { entryId } = await ledger.post(sale(3));
  await ledger.reverse({ idempotencyKey: 'reversed-once', entryId });
  await ledger.reverse({ idempotencyKey: 'reversed-once', entryId });
  await runtime.transaction(async (trx) => {
    await ledger.within(trx).post(sale(4));
    await ledger.within(trx).post(sale(4));
    await ledger
      .within(trx)
      .post({ ...sale(4), idempotencyKey: entry.idempotencyKey })
      .catch(() => {});
    await ledger.within(trx).post(entry);
    await ledger.within(trx).postLater(sale(5));
  });
  await ledger.post(sale(6, { effectiveAt: new Date('2026-01-05T00:00:00Z') }));
  // A thousand lines of which one is far out of order are cut into several spans.
  await ledger.postBatch(
    Array.from({ length: 1_100 }, (_, index) =>
      sale(index, index === 500 ? { effectiveAt: new Date('2025-01-05T00:00:00Z') } : {}),
    ),
  );
  await ledger.seal({ olderThanMs: 0 });
  await ledger.seal({ olderThanMs: 0 });
}

async function hold(ledger: Ledger): Promise<void> {
  const request = { ...sale(7), expiresAt: inAnHour() };
  const { holdId } = await ledger.hold(request);
  await ledger.hold(request);
  await ledger.capture({ idempotencyKey: 'captured-once', holdId });
  await ledger.capture({ idempotencyKey: 'captured-once', holdId });
  await ledger.getHold(holdId);
  const { holdId: second } = await ledger.hold(sale(8));
  await ledger.release(second);
  await ledger.expireHolds();
}

async function changeAccounts(ledger: Ledger): Promise<void> {
  const code = 'liabilities:guest';
  registerCurrency('POINT', 0);
  await ledger.openAccounts([
    { code, type: 'liability', currency: 'KRW', floor: 0n },
    { code: 'liabilities:points', type: 'liability', currency: 'POINT' },
  ]);
  await ledger.setLimits(code, { floor: null }, DECISION);
  await ledger.freezeAccount(code, DECISION);
  await ledger.unfreezeAccount(code, DECISION);
  await ledger.closeAccount(code, DECISION);
  await ledger.reopenAccount(code, DECISION);
}

async function closePeriods(ledger: Ledger): Promise<void> {
  await ledger.closePeriod('2025-01-31', DECISION);
  await ledger.reopenPeriod('2025-01-31', DECISION);
  await ledger.periodChanges();
}

async function read(ledger: Ledger): Promise<void> {
  const code = seller(1);
  await ledger.getAccount(code);
  await listAccounts(ledger);
  await ledger.accountChanges(code);
  await ledger.balance(code);
  await ledger.balances([code, 'assets:cash']);
  const past = new Date(Date.now() - 1_000);
  for (const moment of [{ effectiveAt: past }, { knownAt: past }, { effectiveAt: past, knownAt: past }])
    for (const one of [code, 'assets:cash']) await ledger.balanceAt(one, moment);
  await readStatements(ledger, past);
  await ledger.getEntry((await ledger.post(sale(9))).entryId);
  await ledger.findEntryByKey('sale-1');
  await ledger.trialBalance();
  await ledger.trialBalance({ asOf: parseDay('2026-01-31'), from: parseDay('2026-01-01'), knownAt: past });
  await ledger.wallet('1', 'KRW');
  await ledger.chainHead();
}

async function listAccounts(ledger: Ledger): Promise<void> {
  const filters = [
    {},
    { prefix: 'liabilities:sellers' },
    { metadata: { tier: 'gold' } },
    { type: 'asset' as const },
  ];
  for (const filter of [...filters, { status: 'frozen' as const, currency: 'KRW' }]) {
    const { after } = await ledger.listAccounts({ ...filter, limit: 2 });
    if (after !== null) await ledger.listAccounts({ ...filter, limit: 2, after });
  }
}

async function readStatements(ledger: Ledger, past: Date): Promise<void> {
  const stretches = [
    {},
    { from: new Date('2025-01-01'), to: past },
    { from: past },
    { to: new Date('2026-01-06') },
  ];
  for (const stretch of stretches)
    for (const order of [{}, { newestFirst: true, counterparts: true }]) {
      const options = { ...stretch, ...order, limit: 5 };
      const { before, after } = await ledger.statement('assets:cash', options);
      if (after !== null) await ledger.statement('assets:cash', { ...options, after });
      if (before !== null) await ledger.statement('assets:cash', { ...options, before });
    }
}

async function relay({ runtime }: TestDatabase, ledger: Ledger): Promise<void> {
  const key = { ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
  const place = { ...key, topic: 'outbox', partition: 0 };
  await append(runtime, ledger, [payment(1), payment(2), { ...payment(3), payload: { poison: true } }]);
  await append(runtime, ledger, [{ ...payment(4), payload: { poison: true } }]);
  await applyAll(runtime, ledger);
  await takeLead(runtime, key, 'outbox', [0], new Date());
  await advanceWatermark(runtime, key, new Date(Date.now() + 120_000));
  await ledger.lag();
  await ledger.settlementDelay(1n);
  await lastAppliedSeq(runtime, key);
  await lastSeq(runtime);
  await readEventsAt(runtime, [1n, 2n]);
  await readOffsets(runtime, key, 'outbox');
  await runtime.transaction((trx) => isHeldOpen(trx, 1n));
  await readGaps(runtime, key);
  const unpublished = await readUnpublishedLetters(runtime, key, 10);
  await markLettersPublished(
    runtime,
    key,
    unpublished.map(({ event }) => event.eventId),
    new Date(),
  );
  const letters = await ledger.deadLetters();
  await ledger.deadLetters({ resolvedToo: true });
  const [first, second] = letters.map(({ event }) => event.eventId);
  await ledger.deadLetter(first ?? '');
  await ledger.retryDeadLetter(handlersOf(ledger), first ?? '', DECISION);
  await ledger.discardDeadLetter(second ?? '', DECISION);
  for (const term of [
    '1',
    'sale-1',
    'pay-7',
    'f'.repeat(32),
    'jangbu.payment:0:5',
    `ent_${'0'.repeat(32)}`,
    '01a209ee-2806-7043-a471-3a991f6793ab',
  ])
    await ledger.trace(term);
  const [event] = await readEvents(runtime, 1n, 1);
  await ledger.trace(event?.eventId ?? '');
  const life = 'a-life-of-this-test';
  const lock = await acquireLeaderLock(runtime, lifeLockName(life), 1_000);
  await claimPartitions(runtime, key, { life, relay: 'a relay of this test' }, [place], new Date());
  await startEvents(runtime, key, life, [event?.eventId ?? '']);
  await readAttempts(runtime, key, [event?.eventId ?? '']);
  await finishEvents(runtime, key, [event?.eventId ?? '']);
  await releasePartitions(runtime, key, life);
  await lock?.isHeld();
  await lock?.release();
}

async function replay({ runtime }: TestDatabase, ledger: Ledger): Promise<void> {
  const handlers = handlersOf(ledger);
  // A seq that was taken and rolled back leaves a gap, of which nobody can tell that nothing holds it open.
  await runtime
    .transaction(async (trx) => {
      await ledger.within(trx).appendEvents([payment(5)]);
      throw new Error('rolled back');
    })
    .catch(() => {});
  await append(runtime, ledger, [payment(6)]);
  for (const place of ['1', '2025-01-01T00:00:00Z'])
    await seqOfPlace(runtime, ledger.name, parsePlace('--from', place), 'from');
  // Nothing was read from there; the question was asked all the same.
  await seqOfPlace(runtime, ledger.name, parsePlace('--from', 'test:0:5'), 'from').catch(() => {});
  await seqOfPlace(runtime, ledger.name, parsePlace('--to', '2999-01-01T00:00:00Z'), 'to');
  const request = { ledger: ledger.name, fromSeq: 1n, by: 'kim' };
  await previewReplay(runtime, { ...request, aggregateId: 'pay-7' }, handlers);
  await previewReplay(runtime, request, handlers);
  const session = await beginReplay(runtime, request);
  await isReplayAtWork(runtime);
  await session.close();
  const again = await resumeReplay(runtime);
  await proceedReplay(again, { knex: runtime, handlers });
  await again.close();
  const rebuilding = await beginReplay(runtime, { ...request, into: 'rebuilt' });
  await proceedReplay(rebuilding, { knex: runtime, handlers });
  await rebuilding.close();
  const cancelled = await beginReplay(runtime, { ...request, aggregateId: 'pay-7' });
  await cancelled.close();
  await cancelReplay(runtime, cancelled.run.runId, 'kim');
  await readReplay(runtime, cancelled.run.runId);
  await readReplays(runtime, { limit: 10 });
}

/** As one user, who may both archive and drop here. */
async function careForOutbox({ admin, runtime, runtimeUrl }: TestDatabase, ledger: Ledger): Promise<void> {
  const { username } = new URL(runtimeUrl);
  await admin.raw(`GRANT ALTER, CREATE, DROP ON outbox TO ?@'%'`, [username]);
  await admin.raw(`GRANT UPDATE ON outbox_archives TO ?@'%'`, [username]);
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-archive-'));
  const asked = { folder, by: 'kim', keepMs: 1, clock: () => new Date(Date.now() + 60_000) };
  await extendOutbox(runtime, { events: 3, force: true });
  await append(
    runtime,
    ledger,
    Array.from({ length: 9 }, (_, index) => payment(index)),
  );
  await archiveOutbox(runtime, { ...asked, settledForMs: 0 });
  // Other ledgers have read nothing of it, so it stays; what is asked and written when it goes is asked and written here.
  await trimOutbox(runtime, asked);
  await lowestGap(runtime);
  await runtime.transaction(async (trx) => {
    const position = await lockReader(trx, 'a-reader', 1n, new Date());
    if (position !== undefined) await moveReader(trx, 'a-reader', position, new Date());
  });
  for (const gtids of ['', undefined]) await notePosition(runtime, 'outbox-jangbu', gtids, new Date());
  await markPurged(runtime, 'outbox-jangbu', new Date());
  await markTrimmed(runtime, 1n, 'kim', new Date());
  await readOutboxParts(runtime);
  await checkArchive(runtime, folder);
  rmSync(folder, { recursive: true });
}

async function openAccounts(ledger: Ledger): Promise<void> {
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    ...Array.from({ length: SELLERS }, (_, index) => ({
      code: seller(index),
      type: 'liability' as const,
      currency: 'KRW',
      metadata: { tier: index % 10 === 0 ? 'gold' : 'plain' },
    })),
  ]);
}

function nextKey(): string {
  return `sale-${++keys}`;
}

function sale(index: number, overrides: Partial<Entry> = {}): Entry {
  return {
    idempotencyKey: nextKey(),
    kind: 'sale',
    lines: [debit('assets:cash', won(100)), credit(seller(index), won(100))],
    ...overrides,
  };
}

function payment(index: number): NewEvent {
  return paymentConfirmedEvent({
    paymentKey: `pay-${index}`,
    orderId: `order-${index}`,
    currency: 'KRW',
    amount: '1000',
    approvedAt: '2026-03-01T03:00:00.000Z',
    shares: [{ sellerId: String(index % SELLERS), amount: '1000' }],
  });
}

function append(
  runtime: TestDatabase['runtime'],
  ledger: Ledger,
  events: readonly NewEvent[],
): Promise<string[]> {
  return runtime.transaction((trx) => ledger.within(trx).appendEvents(events));
}

function handlersOf(ledger: Ledger) {
  return settlementHandlers(ledger);
}

/** As a source with a leader delivers it, one of whose gaps is noticed and closed again. */
async function applyAll(runtime: TestDatabase['runtime'], ledger: Ledger): Promise<void> {
  const key = { ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
  const {
    epoch,
    nextOffsets: [nextOffset = 0n],
  } = await takeLead(runtime, key, 'outbox', [0], new Date());
  const events = await readEvents(runtime, nextOffset, 10_000);
  const batch = {
    consumer: SETTLEMENT_CONSUMER,
    topic: 'outbox',
    partition: 0,
    events,
    fromOffset: nextOffset,
    nextOffset: (events.at(-1)?.seq ?? 0n) + 1n,
  };
  await ledger.applyBatches(handlersOf(ledger), [
    { ...batch, leader: { epoch, gapsNoticed: [999_999n], gapsClosed: [] } },
  ]);
  await ledger.applyBatches(handlersOf(ledger), [
    { ...batch, leader: { epoch, gapsNoticed: [], gapsClosed: [999_999n] } },
  ]);
}

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}
