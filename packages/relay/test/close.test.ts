import { createLedger, type Ledger, money, transfer } from '@jangbu/ledger-core';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { jangbu } from './support/jangbu.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
  await ledger.post(october('first'));
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

const october = (idempotencyKey: string) =>
  transfer({
    idempotencyKey,
    kind: 'sale',
    from: 'revenue:sales',
    to: 'assets:cash',
    amount: money('12000', 'KRW'),
    effectiveAt: new Date('2025-10-20T00:00:00Z'),
  });
const run = (...args: string[]) => jangbu(database.runtimeUrl, args, { LEDGER_NAME: 'mall' });

it('closes days, opens them again, and says who did and why', async () => {
  expect(run('periods').stdout).toBe('No day was ever closed.\n');
  expect(JSON.parse(run('close', '2025-10-31', '--dry-run', '--json').stdout)).toEqual({
    dryRun: true,
    closedThrough: '2025-10-31',
    totals: [{ currency: 'KRW', debit: '12000', credit: '12000' }],
    waiting: null,
  });
  expect(run('periods').stdout).toBe('No day was ever closed.\n');
  const closed = run('close', '2025-10-31', '--by', 'kim', '--reason', '10월 결산');
  expect(closed).toMatchObject({
    status: 0,
    stdout: 'Closed up to and with 2025-10-31.\n  KRW: debits 12000 = credits 12000\n',
  });
  expect(run('reopen', '2025-10-20', '--dry-run').stdout).toBe(
    'Would be closed up to and with 2025-10-19.\n',
  );
  await expect(ledger.post(october('second'))).rejects.toMatchObject({ code: 'period_closed' });
  expect(run('reopen', '2025-10-20', '--by', 'lee', '--reason', 'a receipt').stdout).toBe(
    'Closed up to and with 2025-10-19.\n',
  );
  await ledger.post(october('second'));
  expect(JSON.parse(run('periods', '--json').stdout)).toMatchObject([
    {
      number: 2,
      action: 'reopen',
      closedThrough: '2025-10-19',
      decision: { by: 'lee', reason: 'a receipt' },
    },
    {
      number: 1,
      action: 'close',
      decision: { by: 'kim', reason: '10월 결산' },
      totals: [{ debit: '12000' }],
    },
  ]);
  expect(run('periods').stdout).toMatch(/^1 +close +2025-10-31 .* kim +10월 결산 +12000 KRW$/m);
});

it('refuses while events of the days wait, unless it is meant', async () => {
  const then = await createLedger({
    knex: database.runtime,
    name: 'mall',
    clock: () => new Date('2025-11-10T03:00:00Z'),
  });
  const event = {
    aggregateType: 'payment',
    aggregateId: 'a',
    eventType: 'Odd',
    eventVersion: 1,
    payload: {},
  };
  await then.transaction((writer) => writer.appendEvents([event]));
  const why = ['--by', 'kim', '--reason', 'November'];
  expect(run('close', '2025-11-09', ...why).status).toBe(0);
  expect(run('close', '2025-11-30', ...why)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('1 events of the outbox are not applied'),
  });
  expect(run('close', '2025-11-30', ...why, '--even-so')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Closed up to and with 2025-11-30\..*1 events of the outbox/s),
  });
  await database.admin.raw('TRUNCATE TABLE outbox');
});

it('refuses without a reason, and a day that is not over', () => {
  expect(run('close', '2025-11-30')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--reason'),
  });
  for (const how of [['--reason', 'early'], ['--dry-run']])
    expect(run('close', '9999-01-01', ...how)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(period_not_over)'),
    });
});
