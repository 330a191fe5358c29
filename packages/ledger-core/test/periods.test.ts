import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import {
  createLedger,
  credit,
  debit,
  type Entry,
  isLedgerError,
  type Ledger,
  type LedgerNotice,
  money,
} from '../src/index.ts';

const NOW = new Date('2026-11-24T03:00:00Z');
const DECISION = { by: 'kim', reason: '10월 결산' };
const OCTOBER = new Date('2026-10-31T14:59:59.999Z');
const NOVEMBER = new Date('2026-10-31T15:00:00Z');
let database: TestDatabase;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 24 });
});
afterAll(() => database.drop());

async function openLedger(name: string): Promise<Ledger> {
  const ledger = await createLedger({ knex: database.runtime, name, clock: () => NOW });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
  return ledger;
}

function sale(effectiveAt?: Date, account = 'revenue:sales'): Entry {
  const won = money('100', 'KRW');
  return {
    idempotencyKey: `sale-${++keys}`,
    kind: 'sale',
    lines: [debit('assets:cash', won), credit(account, won)],
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
  };
}

const isClean = async (ledger: Ledger) =>
  expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });

describe('a period', () => {
  it('is closed to what is effective in it, by the ledger’s own days, and open again once that is decided', async () => {
    const ledger = await openLedger('by-days');
    const notices: LedgerNotice[] = [];
    ledger.watch((notice) => notices.push(notice));
    await ledger.post(sale(OCTOBER));
    const preview = await ledger.previewPeriod('close', '2026-10-31');
    expect(await ledger.periodChanges()).toEqual([]);
    expect(await ledger.closePeriod('2026-10-31', DECISION)).toEqual(preview);
    expect(preview).toEqual({
      closedThrough: '2026-10-31',
      totals: [{ currency: 'KRW', debit: '100', credit: '100' }],
    });
    // In UTC that is still in the afternoon: the ledger's own time zone counts.
    const late = sale(OCTOBER);
    await expect(ledger.post(late)).rejects.toMatchObject({
      code: 'period_closed',
      details: { effectiveDay: '2026-10-31', closedThrough: '2026-10-31' },
    });
    await ledger.post(sale(NOVEMBER));
    await ledger.post(sale());
    await ledger.reopenPeriod('2026-10-31', { by: 'lee', reason: 'a receipt was found' });
    await ledger.post(late);
    expect(await ledger.closePeriod('2026-10-31', DECISION)).toMatchObject({
      totals: [{ debit: '200', credit: '200' }],
    });
    expect(await ledger.periodChanges()).toEqual([
      expect.objectContaining({ number: 3, action: 'close', closedThrough: '2026-10-31', changedAt: NOW }),
      {
        number: 2,
        action: 'reopen',
        closedThrough: '2026-10-30',
        changedAt: NOW,
        decision: { by: 'lee', reason: 'a receipt was found' },
        totals: [],
      },
      expect.objectContaining({ number: 1, decision: DECISION, totals: [expect.anything()] }),
    ]);
    await Promise.resolve();
    expect(notices.filter(({ type }) => type.startsWith('period_'))).toEqual([
      { type: 'period_closed', closedThrough: '2026-10-31' },
      { type: 'period_reopened', closedThrough: '2026-10-30' },
      { type: 'period_closed', closedThrough: '2026-10-31' },
    ]);
    await isClean(ledger);
  });

  it('is closed in every way of posting, whatever lets an entry pass a limit', async () => {
    const ledger = await openLedger('every-way');
    const { entryId } = await ledger.post(sale(OCTOBER));
    const { holdId } = await ledger.hold(sale());
    await ledger.closePeriod('2026-10-31', DECISION);
    const refused = { code: 'period_closed' };
    await expect(ledger.post({ ...sale(OCTOBER), limitOverride: DECISION })).rejects.toMatchObject(refused);
    await expect(ledger.postLinked([sale(), sale(OCTOBER)])).rejects.toMatchObject({
      code: 'period_closed',
      details: { index: 1 },
    });
    const outcomes = await ledger.postBatch([sale(OCTOBER), sale()]);
    expect(outcomes).toMatchObject([{ status: 'rejected', error: refused }, { status: 'posted' }]);
    await expect(
      database.runtime.transaction((trx) => ledger.within(trx).post(sale(OCTOBER))),
    ).rejects.toMatchObject(refused);
    await expect(
      ledger.capture({ idempotencyKey: 'capture', holdId, effectiveAt: OCTOBER }),
    ).rejects.toMatchObject(refused);
    await expect(
      ledger.reverse({ idempotencyKey: 'reversal', entryId, effectiveAt: OCTOBER }),
    ).rejects.toMatchObject(refused);
    // What was refused left nothing behind, and its key free; an old entry is reversed today.
    await ledger.capture({ idempotencyKey: 'capture', holdId });
    await ledger.reverse({ idempotencyKey: 'reversal', entryId });
    await isClean(ledger);
  });

  it('answers a key that was used before it was closed with the first result', async () => {
    const ledger = await openLedger('replayed');
    const entry = sale(OCTOBER);
    const first = await ledger.post(entry);
    await ledger.closePeriod('2026-10-31', DECISION);
    expect(await ledger.post(entry)).toEqual({ ...first, replayed: true });
  });

  it('is closed for accounts that are opened later', async () => {
    const ledger = await openLedger('later');
    await ledger.closePeriod('2026-10-31', DECISION);
    await ledger.openAccounts([
      { code: 'assets:new', type: 'asset', currency: 'KRW' },
      { code: 'revenue:new', type: 'revenue', currency: 'KRW' },
    ]);
    const won = money('1', 'KRW');
    const lines = [debit('assets:new', won), credit('revenue:new', won)];
    await expect(ledger.post({ ...sale(OCTOBER), lines })).rejects.toMatchObject({ code: 'period_closed' });
    await ledger.post({ ...sale(NOVEMBER), lines });
    await isClean(ledger);
  });

  it('changes nothing when it is closed again, and asks that a day be over and somebody decide', async () => {
    const ledger = await openLedger('refusals');
    await ledger.closePeriod('2026-10-31', DECISION);
    await ledger.closePeriod('2026-10-31', DECISION);
    await ledger.closePeriod('2026-09-30', DECISION);
    await ledger.reopenPeriod('2026-11-01', DECISION);
    expect(await ledger.periodChanges()).toHaveLength(1);
    await expect(ledger.closePeriod('2026-11-24', DECISION)).rejects.toMatchObject({
      code: 'period_not_over',
    });
    await expect(ledger.closePeriod('2026-02-30', DECISION)).rejects.toMatchObject({ code: 'day_malformed' });
    await expect(ledger.closePeriod('2026-10-31', { by: '', reason: '' })).rejects.toMatchObject({
      code: 'period_malformed',
    });
    for (const table of ['period_changes', 'period_totals'])
      for (const sql of [`UPDATE ${table} SET number = number + 1`, `DELETE FROM ${table}`])
        await expect(database.admin.raw(sql)).rejects.toMatchObject({ errno: 1644 });
  });
});

describe('verify', () => {
  const findings = async (ledger: Ledger) =>
    (await ledger.verify({ lagAllowanceMs: 0 })).findings
      .filter(({ invariant }) => invariant === 9)
      .map(({ where, detail }) => `${where}: ${detail}`);

  it('finds an account that was not told, and a closing that is asked for again tells it', async () => {
    const ledger = await openLedger('broken-off');
    await ledger.closePeriod('2026-10-31', DECISION);
    await database.admin.raw(
      'UPDATE account_balances SET closed_through = NULL WHERE ledger_id = ? ORDER BY account_id LIMIT 1',
      [ledger.ledgerId],
    );
    expect(await findings(ledger)).toEqual([
      expect.stringMatching(/^account assets:cash: .*null as closed.*2026-10-31/),
    ]);
    await ledger.closePeriod('2026-10-31', DECISION);
    await isClean(ledger);
  });

  it('finds what was added to closed days, and days that nobody decided to close', async () => {
    const ledger = await openLedger('tampered');
    await ledger.post(sale(OCTOBER));
    await ledger.closePeriod('2026-10-31', DECISION);
    const tell = (day: string | null) =>
      database.admin.raw('UPDATE account_balances SET closed_through = ? WHERE ledger_id = ?', [
        day,
        ledger.ledgerId,
      ]);
    await tell(null);
    await ledger.post(sale(OCTOBER));
    await tell('2026-10-31');
    expect(await findings(ledger)).toEqual([
      expect.stringMatching(/came to .*"100".* when they were closed, and come to .*"200"/),
    ]);
    await database.admin.raw('UPDATE ledgers SET closed_through = NULL WHERE ledger_id = ?', [
      ledger.ledgerId,
    ]);
    expect(await findings(ledger)).toContainEqual(
      expect.stringMatching(/closed up to null, and the last recorded change left 2026-10-31/),
    );
  });
});

describe('while others post', () => {
  it('an account that is opened while days are being closed waits for it, and begins with it', async () => {
    const ledger = await openLedger('opened-meanwhile');
    const closing = await database.admin.transaction();
    const tell = (table: string, day: string | null) =>
      closing.raw('UPDATE ?? SET closed_through = ? WHERE ledger_id = ?', [table, day, ledger.ledgerId]);
    await tell('ledgers', '2026-10-31');
    const opened = ledger.openAccounts([{ code: 'revenue:new', type: 'revenue', currency: 'KRW' }]);
    await waitFor('the opening waits for a lock', async () => {
      const [rows] = await database.admin.raw(
        `SELECT COUNT(*) AS n FROM performance_schema.data_locks WHERE object_schema = DATABASE() AND lock_status = 'WAITING'`,
      );
      return rows[0].n > 0;
    });
    await closing.commit();
    await opened;
    await expect(ledger.post(sale(OCTOBER, 'revenue:new'))).rejects.toMatchObject({ code: 'period_closed' });
  });

  it('what is closed is final, for accounts opened meanwhile too, and no posting fails for another reason', async () => {
    const ledger = await openLedger('raced');
    // More accounts than are told at once.
    await ledger.openAccounts(
      Array.from({ length: 2_500 }, (_, index) => ({
        code: `revenue:many:${index}`,
        type: 'revenue' as const,
        currency: 'KRW',
      })),
    );
    const other = await createLedger({ knex: database.runtime, name: 'raced', clock: () => NOW });
    let isOver = false;
    const refused = new Set<string>();
    const write = async (writer: number) => {
      for (let turn = 0; !isOver; turn++) {
        const books = turn % 2 === 0 ? ledger : other;
        const isNew = turn % 5 === 4;
        const account = isNew
          ? `revenue:new:${writer}:${turn}`
          : `revenue:many:${Math.floor(Math.random() * 2_500)}`;
        const attempt = async () => {
          if (isNew) await books.openAccounts([{ code: account, type: 'revenue', currency: 'KRW' }]);
          const entry = sale(OCTOBER, account);
          if (turn % 3 > 0) return books.post(entry);
          return books.transaction((within) => within.post(entry));
        };
        await attempt().catch((error) => {
          refused.add(isLedgerError(error) ? error.code : String(error));
        });
      }
    };
    const writers = Array.from({ length: 12 }, (_, writer) => write(writer));
    for (let round = 0; round < 8; round++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const { totals } = await ledger.closePeriod('2026-10-31', DECISION);
      await new Promise((resolve) => setTimeout(resolve, 40));
      const { rows } = await ledger.trialBalance({ asOf: '2026-10-31' as never });
      const debits = rows.find(({ account }) => account === 'assets:cash')?.debit;
      expect({ round, debits }).toEqual({ round, debits: totals[0]?.debit });
      if (round < 7) await ledger.reopenPeriod('2026-10-01', DECISION);
    }
    isOver = true;
    await Promise.all(writers);
    expect([...refused]).toEqual(['period_closed']);
    await isClean(ledger);
  }, 60_000);

  it('two who close and one who opens leave one answer that every account knows', async () => {
    const ledger = await openLedger('three-at-once');
    for (let round = 0; round < 5; round++)
      await Promise.all([
        ledger.closePeriod('2026-10-31', DECISION),
        ledger.reopenPeriod('2026-10-15', DECISION),
        ledger.closePeriod('2026-11-10', DECISION),
      ]);
    await isClean(ledger);
  });
});
