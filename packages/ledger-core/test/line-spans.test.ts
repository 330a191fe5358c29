import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type Entry, type Ledger, money } from '../src/index.ts';

const won = money('1', 'KRW');
let database: TestDatabase;
let ledger: Ledger;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'revenue:other', type: 'revenue', currency: 'KRW' },
  ]);
});
afterAll(() => database.drop());

const sale = (revenue: string): Entry => ({
  idempotencyKey: `sale-${++keys}`,
  kind: 'sale',
  effectiveAt: new Date(Date.UTC(2026, 0, 1) + keys),
  lines: [debit('assets:cash', won), credit(revenue, won)],
});

async function spans(): Promise<string[]> {
  const [rows] = await database.runtime.raw(
    `SELECT a.code, s.last_sequence, CAST(s.amount AS CHAR) AS amount
       FROM line_spans AS s JOIN accounts AS a ON a.ledger_id = s.ledger_id AND a.account_id = s.account_id
      ORDER BY a.code, s.last_sequence`,
  );
  return rows.map(
    (row: Record<string, unknown>) => `${row['code']} ${row['last_sequence']} ${row['amount']}`,
  );
}

describe('spans of lines', () => {
  it('are written by the posting that completes a thousand lines, alone or in a batch', async () => {
    await ledger.postBatch(Array.from({ length: 999 }, () => sale('revenue:sales')));
    expect(await spans()).toEqual([]);
    await ledger.post(sale('revenue:sales'));
    expect(await spans()).toEqual(['assets:cash 1000 1000', 'revenue:sales 1000 -1000']);
    await ledger.postBatch(Array.from({ length: 1_001 }, () => sale('revenue:other')));
    expect(await spans()).toEqual([
      'assets:cash 1000 1000',
      'assets:cash 2000 1000',
      'revenue:other 1000 -1000',
      'revenue:sales 1000 -1000',
    ]);
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  });

  it('are found when they were forged, and so is a line that is misdated', async () => {
    const change = (table: string, set: string) => async () => {
      await database.admin.raw(`UPDATE ${table} SET ${set} LIMIT 1`);
    };
    const forge = () =>
      database.admin.raw(
        `INSERT INTO line_spans
           (ledger_id, account_id, first_sequence, last_sequence, amount, first_effective_at, last_effective_at, first_entry_id, last_entry_id)
         SELECT ledger_id, account_id, 4001, 5000, 7, first_effective_at, last_effective_at, first_entry_id, last_entry_id
           FROM line_spans LIMIT 1`,
      );
    expect(await findings(forge)).toEqual(['table line_spans']);
    await database.admin.raw('DROP TRIGGER line_spans_refuse_update');
    for (const column of ['amount', 'total', 'last_effective_at', 'highest_effective_at', 'first_sequence']) {
      const set = (sign: string) => change('line_spans', `${column} = ${column} ${sign} 1`);
      expect(await findings(set('+'))).toContain('account assets:cash');
      await set('-')();
    }
    await database.admin.raw('DROP TRIGGER journal_lines_refuse_update');
    const misdated = await findings(change('journal_lines', 'effective_at = effective_at + INTERVAL 1 YEAR'));
    expect(misdated).toContainEqual(expect.stringMatching(/^entry ent_/));
  });

  async function findings(tamper: () => Promise<unknown>): Promise<string[]> {
    await tamper();
    const { findings: found } = await ledger.verify({ lagAllowanceMs: 0 });
    return found.map(({ where }) => where);
  }
});
