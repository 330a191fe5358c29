import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import knexModule, { type Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  type AccountOpening,
  createLedger,
  credit,
  debit,
  type Entry,
  inTransaction,
  type Ledger,
  money,
  openDatabase,
} from '../src/index.ts';

const ACCOUNTS: AccountOpening[] = [
  { code: 'assets:cash', type: 'asset', currency: 'KRW' },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  { code: 'liabilities:purse', type: 'liability', currency: 'KRW', floor: 0n },
];
const won = money('100', 'KRW');
let database: TestDatabase;
let several: Knex;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  several = openDatabase({ url: database.runtimeUrl, poolSize: 2, multipleStatements: true });
  const ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts(ACCOUNTS);
});
afterAll(async () => {
  try {
    const ledger = await createLedger({ knex: database.runtime, name: 'books' });
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await several.destroy();
    await database.drop();
  }
});

const sale = (overrides: Partial<Entry> = {}): Entry => ({
  idempotencyKey: `sale-${++keys}`,
  kind: 'sale',
  lines: [debit('assets:cash', won), credit('revenue:sales', won)],
  ...overrides,
});

/** How many queries the work sends, once the ledger knows its accounts, and has posted to them on this day unless told otherwise. */
async function roundTrips(
  knex: Knex,
  work: (ledger: Ledger, trx: Knex.Transaction) => Promise<unknown>,
  { isFirstOfDay = false } = {},
) {
  const ledger = await createLedger({ knex, name: 'books' });
  await ledger.openAccounts(ACCOUNTS);
  if (!isFirstOfDay) {
    await ledger.transaction(async (writer) => {
      await writer.post(sale({ lines: [debit('assets:cash', won), credit('liabilities:purse', won)] }));
      await writer.post(sale({ lines: [debit('liabilities:purse', won), credit('revenue:sales', won)] }));
    });
  }
  return knex.transaction(
    async (trx) => {
      const queries: string[] = [];
      trx.on('query', ({ sql }) => queries.push(sql));
      await work(ledger, trx).catch(() => {});
      return queries.length;
    },
    { isolationLevel: 'read committed' },
  );
}

describe('an entry in a transaction of the caller’s', () => {
  it('takes three round trips: accounts, entry, lines', async () => {
    expect(await roundTrips(database.runtime, (ledger, trx) => ledger.within(trx).post(sale()))).toBe(3);
  });

  it('takes two where the connection takes several statements at once', async () => {
    expect(await roundTrips(several, (ledger, trx) => ledger.within(trx).post(sale()))).toBe(2);
  });

  it('takes one more where this process posts to an account for the first time of a day', async () => {
    const post = (ledger: Ledger, trx: Knex.Transaction) => ledger.within(trx).post(sale());
    expect(await roundTrips(database.runtime, post, { isFirstOfDay: true })).toBe(4);
    expect(await roundTrips(several, post, { isFirstOfDay: true })).toBe(2);
  });

  it('takes three to refuse: the accounts refuse, are read, and the key is looked up', async () => {
    const lines = [debit('liabilities:purse', won), credit('revenue:sales', won)];
    expect(await roundTrips(several, (ledger, trx) => ledger.within(trx).post(sale({ lines })))).toBe(3);
  });

  it('finds a key that was used by the entry that it cannot insert, and gives the accounts back', async () => {
    const entry = sale();
    const replay = await roundTrips(several, async (ledger, trx) => {
      const first = await ledger.within(trx).post(entry);
      expect(await ledger.within(trx).post(entry)).toEqual({ ...first, replayed: true });
    });
    expect(replay).toBe(2 + 5);
  });

  it('writes nothing of a twin, in either way', async () => {
    for (const knex of [database.runtime, several]) {
      const ledger = await createLedger({ knex, name: 'books' });
      const entry = sale();
      const first = await ledger.post(entry);
      const trx = await knex.transaction();
      await expect(ledger.within(trx).post({ ...entry, kind: 'other' })).rejects.toMatchObject({
        code: 'idempotency_conflict',
      });
      expect(await ledger.within(trx).post(entry)).toEqual({ ...first, replayed: true });
      await trx.commit();
    }
  });
});

describe('a transaction of the ledger’s own', () => {
  const levelOf = async (knex: Knex) =>
    inTransaction(knex, async (trx) => {
      const [[row]] = await trx.raw(
        `SELECT isolation_level AS level FROM performance_schema.events_transactions_current
          WHERE thread_id = PS_CURRENT_THREAD_ID()`,
      );
      return row.level;
    });

  it('takes six round trips for an entry: begin, entry, accounts, lines, balances, commit', async () => {
    const ledger = await createLedger({ knex: database.runtime, name: 'books' });
    await ledger.post(sale());
    const queries: string[] = [];
    const note = ({ sql }: { sql: string }) => queries.push(sql.slice(0, 30));
    database.runtime.on('query', note);
    await ledger.post(sale());
    database.runtime.removeListener('query', note);
    expect(queries).toHaveLength(6);
  });

  it('is READ COMMITTED over any knex, whatever the server’s default is', async () => {
    const url = new URL(database.adminUrl);
    const foreign = knexModule.knex({
      client: 'mysql2',
      connection: {
        host: url.hostname,
        port: Number(url.port),
        user: url.username,
        password: url.password,
        database: url.pathname.slice(1),
      },
      pool: {
        afterCreate: (connection: Connection, done: (error: unknown, made: Connection) => void) =>
          connection.query('SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE', (error) =>
            done(error, connection),
          ),
      },
    });
    try {
      expect(await levelOf(foreign)).toBe('READ COMMITTED');
      expect(await levelOf(database.admin)).toBe('READ COMMITTED');
    } finally {
      await foreign.destroy();
    }
  });
});

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}
