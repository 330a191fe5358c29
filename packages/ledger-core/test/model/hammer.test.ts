import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/test-database.ts';
import {
  createLedger,
  credit,
  debit,
  type Entry,
  type Ledger,
  type LedgerWriter,
  type Line,
  minorUnits,
} from '../../src/index.ts';
import { minutesAskedFor } from './minutes.ts';

const WRITERS = 64;
const SECONDS = minutesAskedFor() * 60 || 15;
const READ_COMMITTED = { isolationLevel: 'read committed' } as const;
const CODES = Array.from({ length: 10 }, (_, index) => `assets:hot:${index}`);
/** MySQL's numbers: a deadlock, and a lock that was waited for in vain. */
const LOST = [1213, 1205];

/** What was posted to each account. */
const sums = new Map<string, bigint>();
let database: TestDatabase;
let ledger: Ledger;
/** Every one that any statement of the pool met, also where the library tried again by itself. */
let losses = 0;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 48 });
  database.runtime.on('query-error', ({ errno }: { errno?: number }) => {
    if (LOST.includes(errno ?? 0)) losses++;
  });
  ledger = await createLedger({ knex: database.runtime, name: 'hammered' });
  await ledger.openAccounts(CODES.map((code) => ({ code, type: 'asset', currency: 'KRW' })));
});
afterAll(() => database.drop());

it('would count a deadlock', async () => {
  losses = 0;
  await provokeDeadlock(database.runtime);
  expect(losses).toBe(1);
});

it(
  `never deadlocks between ${WRITERS} writers of 10 accounts, whichever way they post`,
  async () => {
    losses = 0;
    const until = Date.now() + SECONDS * 1_000;
    let posted = 0;
    const write = async (writer: number) => {
      for (let turn = 0; Date.now() < until; turn++) {
        const count = await postSomehow(`${writer}-${turn}`);
        posted += count;
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    process.stderr.write(
      `hammer: ${posted} entries in ${SECONDS} s, ${losses} deadlocks and vain waits for locks\n`,
    );

    expect(losses).toBe(0);
    const balances = await ledger.balances(CODES);
    expect(balances.map(({ posted: sum }) => sum)).toEqual(CODES.map((code) => `${sums.get(code) ?? 0n}`));
    await ledger.seal({ olderThanMs: 0 });
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({
      ok: true,
      findings: [],
      checked: { entries: posted },
    });
  },
  SECONDS * 1_000 * 1.5 + 60_000,
);

/**
 * Posts one entry, or now and then three, in one transaction of the ledger's that other callers share or in one of the caller's own.
 * @returns how many
 */
async function postSomehow(key: string): Promise<number> {
  const count = Math.random() < 0.1 ? 3 : 1;
  const [entry = randomEntry(key), ...others] = Array.from({ length: count }, (_, index) =>
    randomEntry(`${key}-${index}`),
  );
  const post = async (writer: LedgerWriter): Promise<void> => {
    await (others.length === 0 ? writer.post(entry) : writer.postLinked([entry, ...others]));
  };
  if (Math.random() < 0.5) await post(ledger);
  else await database.runtime.transaction((trx) => post(ledger.within(trx)), READ_COMMITTED);
  for (const { account, side, amount } of [entry, ...others].flatMap(({ lines }) => lines))
    sums.set(account, (sums.get(account) ?? 0n) + (side === 'debit' ? amount.minor : -amount.minor));
  return count;
}

/** Two to six accounts in any order; the first pays or is paid by all others. */
function randomEntry(idempotencyKey: string): Entry {
  const codes = shuffled(CODES).slice(0, 2 + Math.floor(Math.random() * 5));
  const [one = '', ...others] = codes;
  const [side, otherSide] = Math.random() < 0.5 ? [debit, credit] : [credit, debit];
  const parts = others.map((code): [string, bigint] => [code, BigInt(1 + Math.floor(Math.random() * 1_000))]);
  const total = parts.reduce((sum, [, minor]) => sum + minor, 0n);
  const lines: Line[] = parts.map(([code, minor]) => otherSide(code, minorUnits(minor, 'KRW')));
  lines.push(side(one, minorUnits(total, 'KRW')));
  return { idempotencyKey, kind: 'hammer', lines };
}

function shuffled(codes: readonly string[]): string[] {
  return codes
    .map((code) => [Math.random(), code] as const)
    .sort(([a], [b]) => a - b)
    .map(([, code]) => code);
}

/** Two transactions that lock the same two accounts, each the other's second first: MySQL rolls one of them back. */
async function provokeDeadlock(knex: Knex): Promise<void> {
  const [first, second] = await Promise.all([
    knex.transaction(READ_COMMITTED),
    knex.transaction(READ_COMMITTED),
  ]);
  const ids = (await ledger.listAccounts()).accounts.map(({ accountId }) => accountId);
  const lock = (trx: Knex.Transaction, index: number) =>
    trx.raw('SELECT 1 FROM account_balances WHERE ledger_id = ? AND account_id = ? FOR UPDATE', [
      ledger.ledgerId,
      ids[index] ?? 0,
    ]);
  await lock(first, 0);
  await lock(second, 1);
  const crossed = await Promise.allSettled([lock(first, 1), lock(second, 0)]);
  await Promise.all([first.rollback(), second.rollback()]);
  if (crossed.every(({ status }) => status === 'fulfilled')) throw new Error('There was no deadlock.');
}
