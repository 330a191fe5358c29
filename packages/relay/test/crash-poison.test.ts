import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createLedger, type Ledger, type NewEvent, paymentConfirmedEvent } from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';

const PROGRAM = resolve(import.meta.dirname, 'support/mortal-relay.ts');
let database: TestDatabase;
let ledger: Ledger;
const started: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(end));
});
afterAll(async () => {
  try {
    expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
  } finally {
    await database.drop();
  }
});

describe('a relay that an event kills', () => {
  it('is followed by others, until the event is parked with what stands behind it, and the rest is settled', async () => {
    const crowd = Array.from({ length: 60 }, (_, index) => payment('crowd', `crowd-${index}`));
    const killer = payment('killer', 'killer');
    const behind = { ...payment('crowd', 'behind'), aggregateId: killer.aggregateId };
    await write([...crowd.slice(0, 40), killer, ...crowd.slice(40), behind]);

    // Once in the dark, once among some others, and then alone until it was in hand at three deaths that were watched.
    expect(await diedOf(start())).toBe('SIGKILL');
    expect(await pendingOf('crowd')).toBe('0');
    expect(await diedOf(start())).toBe('SIGKILL');
    expect(await diedOf(start())).toBe('SIGKILL');
    expect(await diedOf(start())).toBe('SIGKILL');
    expect(await ledger.deadLetters()).toEqual([]);
    const last = start();
    await untilSettled();
    expect(await ledger.deadLetters()).toMatchObject([
      {
        reasonCode: 'event_crashes',
        attempts: 3,
        event: { aggregateId: 'killer', payload: expect.stringContaining('"killer"') },
      },
      { reasonCode: 'event_behind_dead_letter', event: { aggregateId: 'killer' } },
    ]);
    expect(await pendingOf('crowd')).toBe(String(60 * 945));
    expect(await countRows('event_attempts')).toBe(0);

    // What was taken over is given back, once it was: here, when there is something to do in each part of the outbox.
    await write(Array.from({ length: 40 }, (_, index) => payment('late', `late-${index}`)));
    await untilSettled();
    await end(last);
    expect(await countRows('consumer_offsets WHERE life IS NOT NULL')).toBe(0);
  }, 60_000);
});

function payment(sellerId: string, id: string) {
  return paymentConfirmedEvent({
    paymentKey: id,
    orderId: `order-${id}`,
    currency: 'KRW',
    amount: '1000',
    approvedAt: '2026-11-23T01:02:03.000Z',
    shares: [{ sellerId, amount: '1000' }],
  });
}

function write(events: readonly NewEvent[]) {
  return ledger.transaction((writer) => writer.appendEvents(events));
}

function start(): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
    env: { ...process.env, DATABASE_URL: database.runtimeUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.push(child);
  return child;
}

async function diedOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await diedOf(child);
}

function untilSettled(): Promise<boolean> {
  return waitFor('every event to be settled', async () => (await ledger.lag()).events === 0);
}

async function pendingOf(sellerId: string): Promise<string> {
  return (await ledger.wallet(sellerId, 'KRW')).pending;
}

async function countRows(from: string): Promise<number> {
  const [[row]] = await database.admin.raw(`SELECT COUNT(*) AS count FROM ${from}`);
  return Number(row.count);
}
