import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import {
  createLedger,
  type Ledger,
  lastSeq,
  paymentConfirmedEvent,
  readEvents,
  SETTLEMENT_CONSUMER,
} from '@jangbu/ledger-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { settlementHandlers } from '../src/settlement-handlers.ts';

const cli = resolve(import.meta.dirname, '../src/cli/main.ts');
let database: TestDatabase;
let ledger: Ledger;
let read = 0n;
let run = 0;
/** The seller of the current test, whose account is frozen while its events arrive. */
let seller = '';

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

/** Two payments of one key and one of another arrive while the first's seller is frozen. */
beforeEach(async () => {
  seller = `seller-${++run}`;
  await ledger.openAccounts([{ code: pendingAccount(), type: 'liability', currency: 'KRW' }]);
  await ledger.freezeAccount(pendingAccount(), { by: 'test', reason: 'so that its events are refused' });
  await database.runtime.transaction(async (trx) => {
    const first = paymentConfirmedEvent(payment(seller, 'a'));
    const second = { ...paymentConfirmedEvent(payment(seller, 'b')), aggregateId: first.aggregateId };
    const other = paymentConfirmedEvent(payment('healthy', `c-${run}`));
    await ledger.within(trx).appendEvents([first, second, other]);
  });
  await relay();
});

const payment = (sellerId: string, id: string) => ({
  paymentKey: `${sellerId}-${id}`,
  orderId: `order-${sellerId}-${id}`,
  currency: 'KRW',
  amount: '1000',
  approvedAt: '2026-11-23T01:02:03.000Z',
  shares: [{ sellerId, amount: '1000' }],
});
const pendingAccount = () => `liabilities:sellers:${seller}:pending`;
const pending = async () => (await ledger.wallet(seller, 'KRW')).pending;

async function thaw(): Promise<void> {
  await ledger.unfreezeAccount(pendingAccount(), { by: 'test', reason: 'the cause is gone' });
}

async function relay(from = read): Promise<void> {
  const last = await lastSeq(database.runtime);
  const events = await readEvents(database.runtime, from, 1_000);
  await ledger.applyBatches(settlementHandlers(ledger), [
    {
      consumer: SETTLEMENT_CONSUMER,
      topic: 'test',
      partition: 0,
      events: events.map((event) => ({ ...event, offset: event.seq })),
      fromOffset: from,
      nextOffset: last + 1n,
    },
  ]);
  read = last + 1n;
}

function jangbu(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cli, 'dead-letters', ...args, '--ledger', 'mall'],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: database.runtimeUrl }, timeout: 20_000 },
  );
  return { status, stdout, stderr };
}

async function waiting(): Promise<string[]> {
  return (await ledger.deadLetters())
    .filter(({ event }) => event.payload.includes(seller))
    .map(({ event }) => event.eventId);
}

describe('jangbu dead-letters', () => {
  it('lists what waits in the order of the outbox, and shows one in full', async () => {
    const [first = '', second = ''] = await waiting();
    const { status, stdout } = jangbu('list', '--json');
    expect(status).toBe(0);
    const listed = JSON.parse(stdout).filter(
      ({ aggregateId }: { aggregateId: string }) => aggregateId === `${seller}-a`,
    );
    expect(listed).toMatchObject([
      { eventId: first, reasonCode: 'account_frozen', attempts: 1, resolution: null },
      { eventId: second, reasonCode: 'event_behind_dead_letter' },
    ]);
    expect(JSON.parse(jangbu('show', first, '--json').stdout)).toMatchObject({
      eventId: first,
      seq: expect.any(String),
    });
    expect(jangbu('list').stdout).toContain(first);
  });

  it('retries in order once the cause is gone, and says when it is not', async () => {
    const [first = ''] = await waiting();
    const failed = jangbu('retry', first);
    expect(failed).toMatchObject({ status: 1, stdout: expect.stringContaining('account_frozen') });
    expect((await ledger.deadLetter(first)).attempts).toBe(2);
    const [, second = ''] = await waiting();
    expect(JSON.parse(jangbu('retry', first, '--dry-run', '--json').stdout)).toMatchObject({
      dryRun: true,
      applied: [],
      failed: { [first]: { code: 'account_frozen' } },
    });
    await thaw();
    const trial = jangbu('retry', first, '--dry-run', '--json');
    expect(JSON.parse(trial.stdout)).toEqual({ dryRun: true, applied: [first, second], failed: {} });
    expect(await waiting()).toHaveLength(2);
    expect((await ledger.deadLetter(first)).attempts).toBe(2);
    expect(await pending()).toBe('0');
    expect(jangbu('retry', first, '--by', 'kim', '--reason', 'thawed')).toMatchObject({ status: 0 });
    expect(await waiting()).toEqual([]);
    expect(await pending()).toBe('1890');
    expect(await ledger.deadLetter(first)).toMatchObject({
      resolution: { how: 'applied', by: 'kim', reason: 'thawed' },
    });
    expect(jangbu('retry', first)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('dead_letter_resolved'),
    });
  });

  it('discards for good, also when the event is delivered again, and lets its successors be retried', async () => {
    const [first = '', second = ''] = await waiting();
    expect(jangbu('discard', first)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--reason'),
    });
    const trial = jangbu('discard', first, '--reason', 'to see', '--dry-run', '--json');
    expect(JSON.parse(trial.stdout)).toEqual({ dryRun: true, discarded: first, behind: [second] });
    expect(await waiting()).toHaveLength(2);
    expect(jangbu('discard', first, '--reason', 'paid by hand')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 wait behind it'),
    });
    await thaw();
    await relay(0n);
    expect(await pending()).toBe('0');
    expect(jangbu('retry', second)).toMatchObject({ status: 0 });
    expect(await pending()).toBe('945');
    expect(jangbu('discard', second, '--reason', 'too late')).toMatchObject({ status: 2 });
  });

  it('says in one line what it was not told, or does not know', () => {
    expect(jangbu('retry')).toMatchObject({ status: 2, stderr: expect.stringContaining('--all') });
    expect(jangbu('show', "x' OR 1=1")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('dead_letter_unknown'),
    });
    expect(jangbu('list', '--limit', 'many').stderr).not.toContain(' at ');
  });

  it('lets one of two retries at once apply it', async () => {
    await thaw();
    const [first = ''] = await waiting();
    const decision = { by: 'kim', reason: 'twice' };
    const tries = await Promise.allSettled(
      [1, 2].map(() => ledger.retryDeadLetter(settlementHandlers(ledger), first, decision)),
    );
    expect(tries.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await pending()).toBe('1890');
  });
});
