import { afterAll, beforeAll, expect, it } from '@jest/globals';
import knexModule from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { assertMigrated, createLedger, money, transfer } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** As those do that have rows in camel case throughout. */
function camelCase(rows: unknown): unknown {
  if (Array.isArray(rows)) return rows.map(camelCase);
  if (typeof rows !== 'object' || rows === null || Buffer.isBuffer(rows)) return rows;
  return Object.fromEntries(
    Object.entries(rows).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  );
}

const DRIVER = {
  dateStrings: true,
  supportBigNumbers: true,
  bigNumberStrings: true,
  decimalNumbers: true,
  timezone: '+09:00',
  typeCast: (field: { type: string; string(): string | null }, next: () => unknown) =>
    field.type === 'TINY' ? field.string() === '1' : next(),
};

it.each<[string, object, object]>([
  ['as it comes', {}, {}],
  ['whose driver gives values in other types', DRIVER, {}],
  [
    'that names columns in its own way',
    {},
    {
      postProcessResponse: camelCase,
      wrapIdentifier: (name: string, original: (name: string) => string) =>
        original(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    },
  ],
])('works over a knex of its user’s %s', async (how, connection, options) => {
  const { hostname: host, port, username: user, password, pathname } = new URL(database.runtimeUrl);
  const knex = knexModule({
    client: 'mysql2',
    connection: {
      host,
      port: Number(port),
      user,
      password: decodeURIComponent(password),
      database: pathname.slice(1),
      ...connection,
    },
    ...options,
  });
  try {
    await assertMigrated(knex);
    const ledger = await createLedger({ knex, name: how.replaceAll(' ', '-') });
    await ledger.openAccounts([
      { code: 'assets:cash', type: 'asset', currency: 'KRW' },
      { code: 'revenue:sales', type: 'revenue', currency: 'KRW', ceiling: 10_000n },
    ]);
    const metadata = { order_id: { of_shop: 1 } };
    const sale = (idempotencyKey: string) =>
      transfer({
        idempotencyKey,
        kind: 'sale',
        from: 'revenue:sales',
        to: 'assets:cash',
        amount: money('500', 'KRW'),
        metadata,
      });
    const { entryId } = await ledger.post(sale('sale'));
    expect(await ledger.post(sale('sale'))).toMatchObject({ replayed: true });
    await knex.transaction((trx) => ledger.within(trx).post(sale('joined')));
    const { holdId } = await ledger.hold(sale('hold'));
    await ledger.capture({ idempotencyKey: 'capture', holdId });
    await ledger.reverse({ idempotencyKey: 'reversal', entryId });
    await ledger.closePeriod('2026-01-01', { by: 'kim', reason: 'a test' });
    await ledger.seal({ olderThanMs: 0 });
    expect(await ledger.balance('assets:cash')).toMatchObject({ posted: '1000' });
    expect(await ledger.getEntry(entryId)).toMatchObject({ metadata, effectiveAt: expect.any(Date) });
    expect((await ledger.statement('assets:cash')).lines).toHaveLength(4);
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await knex.destroy();
  }
});
