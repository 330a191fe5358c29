import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, type Ledger, type LedgerReader, type Moment } from '../src/index.ts';
import { FIRST_BOOKED_MS, fillAccounts, STEP_MS } from './support/long-accounts.ts';

const LINES = 200_500;
const CASH = 'assets:cash';
let database: TestDatabase;
let ledger: Ledger;

/** What is read of an account must cost by what is read, and not by how long the account is. */
describe('an account of 200,500 lines', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    ledger = await createLedger({ knex: database.runtime, name: 'books' });
    await ledger.openAccounts([
      { code: CASH, type: 'asset', currency: 'KRW' },
      { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    ]);
    await fillAccounts(database.admin, ledger, [CASH, 'revenue:sales'], LINES);
  }, 120_000);
  afterAll(() => database.drop());

  it('is sound', async () => {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  }, 60_000);

  const bookedAt = (line: number) => new Date(FIRST_BOOKED_MS + line * STEP_MS);
  it.each<[string, Moment]>([
    ['that had happened by then', { effectiveAt: bookedAt(100_250) }],
    ['that was known then', { knownAt: bookedAt(100_250) }],
    ['on both axes', { effectiveAt: bookedAt(50_700), knownAt: bookedAt(150_300) }],
    ['near the beginning', { effectiveAt: bookedAt(30) }],
    ['near the end', { knownAt: bookedAt(LINES - 20) }],
    ['in the middle of a backdated stretch', { effectiveAt: new Date(FIRST_BOOKED_MS - 86_400_000) }],
  ])('tells the balance %s, and reads few rows', async (_when, moment) => {
    const rows = await rowsRead(async (reader) => {
      expect(await reader.balanceAt(CASH, moment)).toMatchObject({ posted: await sumOf(moment) });
    });
    expect(rows).toBeLessThan(9_000);
  });

  it('turns pages forwards, backwards and in the middle, and reads few rows', async () => {
    const { after, before } = await ledger.statement(CASH, { from: bookedAt(120_000), limit: 100 });
    const places = [{}, { after: after ?? '' }, { before: before ?? '' }];
    for (const place of places) {
      for (const newestFirst of [false, true]) {
        const rows = await rowsRead(async (reader) => {
          const page = await reader.statement(CASH, { ...place, newestFirst, limit: 100 });
          expect(page.lines).toHaveLength(100);
          expect(page.hasMore).toBe(true);
        });
        expect(rows).toBeLessThan(250);
      }
    }
  });

  it('finds the lines of an hour, and reads few rows', async () => {
    const times = { from: bookedAt(120_000), to: bookedAt(127_200) };
    for (const newestFirst of [false, true]) {
      const rows = await rowsRead(async (reader) => {
        const { lines } = await reader.statement(CASH, {
          ...times,
          newestFirst,
          limit: 100,
          counterparts: true,
        });
        expect(lines).toHaveLength(100);
        expect(lines[0]?.counterparts).toEqual(['revenue:sales']);
        for (const { effectiveAt } of lines) {
          expect(effectiveAt >= times.from && effectiveAt < times.to).toBe(true);
        }
      });
      expect(rows).toBeLessThan(6_000);
    }
  });

  async function sumOf({ effectiveAt, knownAt }: Moment): Promise<string> {
    const [rows] = await database.admin.raw(
      `SELECT CAST(COALESCE(SUM(l.amount), 0) AS CHAR) AS sum
         FROM journal_lines AS l
         JOIN journal_entries AS e ON e.ledger_id = l.ledger_id AND e.entry_id = l.entry_id
        WHERE l.ledger_id = ? AND l.account_id = ? AND e.effective_at <= ? AND e.booked_at <= ?`,
      [
        ledger.ledgerId,
        (await ledger.getAccount(CASH)).accountId,
        ...[effectiveAt, knownAt].map((at) => (at ?? new Date('9999-01-01')).toISOString().slice(0, 23)),
      ],
    );
    return rows[0].sum;
  }

  /** How many rows MySQL reads for the work, by the counters of its session. */
  async function rowsRead(work: (reader: LedgerReader) => Promise<void>): Promise<number> {
    await ledger.balance(CASH);
    return database.runtime.transaction(async (trx) => {
      const count = async () => {
        const [rows] = await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'");
        return rows.reduce((sum: number, row: { Value: string }) => sum + Number(row.Value), 0);
      };
      const before = await count();
      const counting = (await count()) - before;
      await work(ledger.within(trx));
      return (await count()) - before - 2 * counting;
    });
  }
});
