import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  createLedger,
  credit,
  debit,
  type Entry,
  type Ledger,
  type Moment,
  minorUnits,
  money,
  parseDay,
  type StatementLine,
  type StatementOptions,
} from '../src/index.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 10);
const CASH = 'assets:cash';
const SALES = 'revenue:sales';
let database: TestDatabase;
let ledger: Ledger;
let now = new Date(START);

/** What the test knows of each line of the cash account, in the order of posting. */
interface KnownLine {
  readonly key: string;
  readonly effectiveMs: number;
  readonly bookedMs: number;
  readonly amount: bigint;
}
const known: KnownLine[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books', clock: () => now });
  await ledger.openAccounts([
    { code: CASH, type: 'asset', currency: 'KRW' },
    { code: SALES, type: 'revenue', currency: 'KRW' },
    { code: 'liabilities:empty', type: 'liability', currency: 'USD' },
  ]);
  await postMany(6_500);
}, 60_000);
afterAll(async () => {
  try {
    now = new Date();
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

/** Batches under a clock that mostly runs on and sometimes back, of entries that mostly happened just before. */
async function postMany(count: number): Promise<void> {
  const random = pseudoRandom(20_260_110);
  for (let posted = 0; posted < count; ) {
    now = new Date(now.getTime() + Math.floor((random() - 0.15) * 24 * HOUR_MS));
    const size = 1 + Math.floor(random() * 60);
    const entries = Array.from({ length: size }, (_, index): Entry => {
      const amount = minorUnits(BigInt(1 + Math.floor(random() * 1_000)), 'KRW');
      const lines = [debit(CASH, amount), credit(SALES, amount)];
      const back = [debit(SALES, amount), credit(CASH, amount)];
      const effectiveAt = new Date(now.getTime() + delayMs(random()));
      return {
        idempotencyKey: `entry-${posted + index}`,
        kind: 'sale',
        description: `판매 ${posted + index}`,
        effectiveAt,
        lines: random() < 0.3 ? back : lines,
      };
    });
    for (const outcome of await ledger.postBatch(entries)) expect(outcome.status).toBe('posted');
    for (const { idempotencyKey: key, effectiveAt, lines } of entries) {
      const minor = lines.find(({ account }) => account === CASH)?.amount.minor ?? 0n;
      const amount = lines[0]?.account === CASH ? minor : -minor;
      known.push({ key, effectiveMs: effectiveAt?.getTime() ?? 0, bookedMs: now.getTime(), amount });
    }
    posted += size;
  }
}

/** Mostly up to a minute before it is booked; some days before, and a few a day ahead. */
function delayMs(chance: number): number {
  if (chance < 0.985) return -Math.floor(chance * 60_000);
  if (chance < 0.995) return -Math.floor((chance - 0.985) * 24_000 * HOUR_MS);
  return Math.floor((chance - 0.995) * 4_800 * HOUR_MS);
}

function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function sumOf({ effectiveAt, knownAt }: Moment): string {
  const isIn = ({ effectiveMs, bookedMs }: KnownLine) =>
    (effectiveAt === undefined || effectiveMs <= effectiveAt.getTime()) &&
    (knownAt === undefined || bookedMs <= knownAt.getTime());
  return known
    .filter(isIn)
    .reduce((sum, { amount }) => sum + amount, 0n)
    .toString();
}

/** An instant of the line, or the millisecond before it, on either time axis, or on both, or on none. */
function momentNear(line: KnownLine | undefined, random: () => number): Moment {
  const near = (ms = 0) => new Date(ms - (random() < 0.5 ? 1 : 0));
  return {
    ...(random() < 0.8 ? { effectiveAt: near(line?.effectiveMs) } : {}),
    ...(random() < 0.8 ? { knownAt: near(line?.bookedMs) } : {}),
  };
}

describe('a balance', () => {
  it('tells posted, pending and available apart, on the account’s normal side', async () => {
    const purse = 'liabilities:purse';
    await ledger.openAccounts([
      { code: purse, type: 'liability', currency: 'USD' },
      { code: 'assets:dollars', type: 'asset', currency: 'USD' },
    ]);
    const lines = (amount: string) => [
      debit('assets:dollars', money(amount, 'USD')),
      credit(purse, money(amount, 'USD')),
    ];
    const back = (amount: string) => [
      debit(purse, money(amount, 'USD')),
      credit('assets:dollars', money(amount, 'USD')),
    ];
    await ledger.post({ idempotencyKey: 'purse-1', kind: 'pay', lines: lines('12.34') });
    await ledger.hold({ idempotencyKey: 'purse-2', kind: 'pay', lines: lines('1.00') });
    await ledger.hold({ idempotencyKey: 'purse-3', kind: 'pay', lines: back('2.04') });
    const expected = {
      account: purse,
      currency: 'USD',
      posted: '12.34',
      pendingIn: '1.00',
      pendingOut: '2.04',
      available: '10.30',
    };
    expect(await ledger.balance(purse)).toEqual(expected);
    const mirrored = { ...expected, account: 'assets:dollars' };
    expect(await ledger.balances(['assets:dollars', purse, 'assets:dollars'])).toEqual([
      mirrored,
      expected,
      mirrored,
    ]);
    expect(await ledger.balances([])).toEqual([]);
  });

  it('is one read of the primary key, once the account is known', async () => {
    await ledger.balance(CASH);
    const queries: string[] = [];
    const listener = ({ sql }: { sql: string }) => queries.push(sql);
    database.runtime.on('query', listener);
    await ledger.balance(CASH);
    await ledger.balances([CASH, SALES]);
    database.runtime.removeListener('query', listener);
    expect(queries).toHaveLength(2);
    for (const sql of queries) {
      const [plan] = await database.admin.raw(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, [ledger.ledgerId, [1, 2]]);
      expect(plan).toMatchObject([{ table: 'account_balances', key: 'PRIMARY' }]);
    }
  });

  it('of an account that is not there is refused', async () => {
    await expect(ledger.balance('assets:nowhere')).rejects.toMatchObject({ code: 'account_unknown' });
    await expect(ledger.balances([CASH, 'No'])).rejects.toMatchObject({ code: 'account_code_malformed' });
    await expect(ledger.balances([{ code: 1 } as never])).rejects.toMatchObject({
      code: 'account_code_malformed',
    });
  });

  it('in a transaction counts what that transaction has written', async () => {
    const trx = await database.runtime.transaction();
    const writer = ledger.within(trx);
    const before = BigInt((await writer.balance(CASH)).posted);
    const one = money('1', 'KRW');
    const { entryId } = await writer.post({
      idempotencyKey: 'unseen',
      kind: 'sale',
      lines: [debit(CASH, one), credit(SALES, one)],
    });
    expect(BigInt((await writer.balance(CASH)).posted)).toBe(before + 1n);
    expect((await writer.statement(CASH, { newestFirst: true, limit: 1 })).lines).toMatchObject([
      { entryId },
    ]);
    expect(await ledger.findEntryByKey('unseen')).toBeUndefined();
    await trx.rollback();
    expect(BigInt((await ledger.balance(CASH)).posted)).toBe(before);
  });
});

describe('a balance at a moment', () => {
  it('is tried on lines that are mostly in order, and cut where they are not', async () => {
    const [rows] = await database.runtime.raw(
      'SELECT COUNT(*) AS spans, SUM(total IS NOT NULL) AS ordered FROM line_spans WHERE ledger_id = ?',
      [ledger.ledgerId],
    );
    expect(Number(rows[0].ordered)).toBeGreaterThan(100);
    expect(Number(rows[0].spans) - Number(rows[0].ordered)).toBeGreaterThan(100);
  });

  it('is the sum of what had happened and was known, at any pair of instants', async () => {
    const random = pseudoRandom(7);
    for (let round = 0; round < 400; round++) {
      const moment = momentNear(known[Math.floor(random() * known.length)], random);
      expect({ moment, ...(await ledger.balanceAt(CASH, moment)) }).toEqual({
        moment,
        account: CASH,
        currency: 'KRW',
        posted: sumOf(moment),
      });
    }
  });

  it('without a moment is what the account holds, also on the credit side', async () => {
    const { posted } = await ledger.balance(CASH);
    expect(await ledger.balanceAt(CASH, {})).toMatchObject({ posted });
    expect(await ledger.balanceAt(SALES, {})).toMatchObject({ posted });
    expect(posted).toBe(sumOf({}));
  });

  it('before the first and after the last line, and of an account without lines', async () => {
    expect(await ledger.balanceAt(CASH, { effectiveAt: new Date(Date.UTC(1000, 0, 2)) })).toMatchObject({
      posted: '0',
    });
    expect(await ledger.balanceAt(CASH, { knownAt: new Date(Date.UTC(9999, 0, 2)) })).toMatchObject({
      posted: sumOf({}),
    });
    expect(await ledger.balanceAt('liabilities:empty', { knownAt: new Date() })).toMatchObject({
      posted: '0.00',
    });
  });

  it('at the end of a day is what the trial balance of that day says', async () => {
    const knownAt = new Date(known[1_700]?.bookedMs ?? 0);
    for (const day of ['2026-01-11', '2026-02-01', '2026-03-15']) {
      const { rows } = await ledger.trialBalance({ asOf: parseDay(day), knownAt });
      const effectiveAt = new Date(Date.parse(`${day}T24:00:00+09:00`) - 1);
      expect(await ledger.balanceAt(CASH, { effectiveAt, knownAt })).toMatchObject({
        posted: rows.find(({ account }) => account === CASH)?.closing ?? '0',
      });
    }
  });

  it.each<[string, Moment]>([
    ['no instant', { effectiveAt: new Date(Number.NaN) }],
    ['text', { knownAt: '2026-01-01' as never }],
    ['null', { knownAt: null as never }],
    ['a year with five digits', { effectiveAt: new Date(Date.UTC(10_000, 0, 1)) }],
  ])('of %s is refused', async (_what, moment) => {
    await expect(ledger.balanceAt(CASH, moment)).rejects.toMatchObject({
      code: 'query_malformed',
      details: { field: Object.keys(moment)[0] },
    });
  });
});

describe('a statement', () => {
  /** All pages, one after the other, in the direction in which they are read. */
  async function pages(options: StatementOptions, direction: 'after' | 'before'): Promise<StatementLine[][]> {
    const all: StatementLine[][] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await ledger.statement(CASH, {
        ...options,
        ...(cursor === null ? {} : { [direction]: cursor }),
      });
      all.push([...page.lines]);
      if (!page.hasMore) return all;
      cursor = page[direction];
    }
  }
  const numbers = (lines: readonly StatementLine[]) => lines.map(({ sequence }) => sequence);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it('gives each line with its entry and the balance after it', async () => {
    const { account, currency, lines } = await ledger.statement(CASH, { limit: 1_000 });
    expect({ account, currency }).toEqual({ account: CASH, currency: 'KRW' });
    let balance = 0n;
    for (const [index, line] of lines.entries()) {
      const { amount, effectiveMs, bookedMs } = known[index] ?? { amount: 0n, effectiveMs: 0, bookedMs: 0 };
      balance += amount;
      expect(line).toEqual({
        sequence: index + 1,
        entryId: expect.stringMatching(/^ent_[0-9a-f]{32}$/),
        kind: 'sale',
        description: `판매 ${index}`,
        effectiveAt: new Date(effectiveMs),
        bookedAt: new Date(bookedMs),
        side: amount > 0n ? 'debit' : 'credit',
        amount: amount.toString(),
        balance: balance.toString(),
      });
    }
    const [first] = (await ledger.statement(SALES, { limit: 1 })).lines;
    expect(first).toMatchObject({
      side: lines[0]?.side === 'debit' ? 'credit' : 'debit',
      amount: lines[0]?.amount,
      balance: lines[0]?.balance,
    });
  });

  it('goes through all lines, forwards and backwards, in both orders', async () => {
    const all = upTo(known.length);
    const down = [...all].reverse();
    expect(numbers((await pages({ limit: 700 }, 'after')).flat())).toEqual(all);
    expect(numbers((await pages({ limit: 700, newestFirst: true }, 'after')).flat())).toEqual(down);
  });

  it('turns round at any page', async () => {
    for (const newestFirst of [false, true]) {
      const first = await ledger.statement(CASH, { limit: 50, newestFirst });
      const second = await ledger.statement(CASH, { limit: 50, newestFirst, after: first.after ?? '' });
      const back = await ledger.statement(CASH, { limit: 50, newestFirst, before: second.before ?? '' });
      expect(back.lines).toEqual(first.lines);
      expect(back.hasMore).toBe(false);
      const middle = await ledger.statement(CASH, { limit: 10, newestFirst, before: second.before ?? '' });
      expect(middle.lines).toEqual(first.lines.slice(-10));
      expect(middle.hasMore).toBe(true);
    }
  });

  it('goes on behind its end once there is more', async () => {
    const last = await ledger.statement(CASH, { limit: 1, newestFirst: true });
    const end = last.before ?? '';
    const none = await ledger.statement(CASH, { newestFirst: true, before: end });
    expect(none).toMatchObject({ lines: [], before: end, hasMore: false });
    const one = money('1', 'KRW');
    const lines = [debit(CASH, one), credit(SALES, one)];
    await ledger.post({ idempotencyKey: 'later', kind: 'late', lines, effectiveAt: new Date(START) });
    known.push({ key: 'later', effectiveMs: START, bookedMs: now.getTime(), amount: 1n });
    const more = await ledger.statement(CASH, { newestFirst: true, before: none.before ?? '' });
    expect(more.lines).toMatchObject([{ sequence: known.length, kind: 'late' }]);
  });

  it('of a stretch of time gives what is effective in it, whenever it was posted', async () => {
    const random = pseudoRandom(11);
    for (let round = 0; round < 12; round++) {
      const first = START + Math.floor(random() * 100) * 24 * HOUR_MS;
      const from = new Date(first);
      const to = new Date(first + Math.floor(random() * 30 * 24) * HOUR_MS);
      const expected = known.flatMap(({ effectiveMs }, index) =>
        effectiveMs >= from.getTime() && effectiveMs < to.getTime() ? [index + 1] : [],
      );
      const limit = 1 + Math.floor(random() * 200);
      const forwards = await pages({ from, to, limit }, 'after');
      expect(numbers(forwards.flat())).toEqual(expected);
      expect(forwards.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
      const down = await pages({ from, to, limit, newestFirst: true }, 'after');
      expect(numbers(down.flat())).toEqual([...expected].reverse());
    }
    const open = await pages({ from: new Date(START + 40 * 24 * HOUR_MS), limit: 1_000 }, 'after');
    expect(open.flat()).toHaveLength(
      known.filter(({ effectiveMs }) => effectiveMs >= START + 40 * 24 * HOUR_MS).length,
    );
  });

  it('names the other accounts of each entry when asked', async () => {
    await ledger.openAccounts([{ code: 'expenses:fees', type: 'expense', currency: 'KRW' }]);
    const [one, two] = [money('1', 'KRW'), money('2', 'KRW')];
    const lines = [
      debit(CASH, one),
      debit('expenses:fees', one),
      credit(SALES, two),
      debit(SALES, two),
      credit(CASH, two),
    ];
    await ledger.post({ idempotencyKey: 'split', kind: 'split', lines, effectiveAt: new Date(START) });
    known.push({ key: 'split', effectiveMs: START, bookedMs: now.getTime(), amount: 1n });
    known.push({ key: 'split', effectiveMs: START, bookedMs: now.getTime(), amount: -2n });
    const page = await ledger.statement(CASH, { newestFirst: true, limit: 2, counterparts: true });
    expect(page.lines.map(({ counterparts }) => counterparts)).toEqual([
      ['expenses:fees', SALES],
      ['expenses:fees', SALES],
    ]);
  });

  it('of an account without lines is empty', async () => {
    const empty = { lines: [], before: null, after: null, hasMore: false };
    expect(await ledger.statement('liabilities:empty', { counterparts: true })).toMatchObject(empty);
    expect(await ledger.statement('liabilities:empty', { from: new Date(0) })).toMatchObject(empty);
  });

  it('refuses the cursor of another account, and what is none', async () => {
    const { after } = await ledger.statement(CASH, { limit: 1 });
    const code = (options: StatementOptions, account = CASH) =>
      ledger.statement(account, options).then(
        () => 'done',
        (error) => error.code,
      );
    expect(await code({ after: after ?? '' }, SALES)).toBe('cursor_malformed');
    expect(await code({ after: '' })).toBe('cursor_malformed');
    expect(await code({ before: '7' })).toBe('cursor_malformed');
    const forged = Buffer.from(JSON.stringify(['statement', `${ledger.ledgerId}`, CASH, '0 OR 1=1']));
    expect(await code({ after: forged.toString('base64url') })).toBe('cursor_malformed');
    expect(await code({ after: after ?? '', before: after ?? '' })).toBe('query_malformed');
    expect(await code({ limit: 1_001 })).toBe('query_malformed');
    expect(await code({ from: new Date(Number.NaN) })).toBe('query_malformed');
    expect(await code({}, 'assets:nowhere')).toBe('account_unknown');
  });
});
