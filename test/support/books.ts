import { checkShop } from '@jangbu/api';
import { formatMoney, type Money, money, splitSale } from '@jangbu/ledger-core';
import { expect } from '@jest/globals';
import type { Knex } from 'knex';
import type { System } from './system.ts';

/**
 * What holds after whatever a test did, once all is settled: what the provider has taken is paid, each payment is one event, applied
 * once, with one entry for each seller; nothing else is in the books; wallets hold what was paid less fees; and verify is clean.
 * Returns how many payments that is, so that a test can say how many it made.
 */
export async function expectEachPaymentOnce(system: System): Promise<number> {
  const { ledger, database } = system;
  await system.untilSettled();
  const verification = await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] });
  expect(verification.findings).toEqual([]);
  expect((await ledger.lag()).deadLetters).toBe(0);

  const payments = await readTrails(database.admin);
  const once = payments.map((trail) => ({ ...trail, status: 'done', events: 1, applied: 1, entries: 2 }));
  expect(payments).toEqual(once);
  expect(await countRows(database.admin)).toEqual({
    outbox: payments.length,
    inbox: payments.length,
    journal_entries: payments.length * 2,
  });
  expect(await takenByProvider(system)).toEqual(payments.map(({ paymentKey }) => paymentKey).sort());
  await expectWallets(system);
  return payments.length;
}

interface Trail {
  paymentKey: string;
  status: string;
  events: number;
  applied: number;
  /** One for each seller; the order of these tests has two. */
  entries: number;
}

async function readTrails(admin: Knex): Promise<Trail[]> {
  const [rows] = await admin.raw(
    `SELECT p.payment_key AS paymentKey, p.status, COUNT(DISTINCT o.seq) AS events,
            COUNT(DISTINCT i.event_id) AS applied, COUNT(DISTINCT e.entry_id) AS entries
       FROM payments AS p
       LEFT JOIN outbox AS o ON o.aggregate_id = p.payment_key
       LEFT JOIN inbox AS i ON i.event_id = o.event_id
       LEFT JOIN journal_entries AS e ON e.event_id = o.event_id
      GROUP BY p.payment_key`,
  );
  return rows.map((row: Trail) => ({
    ...row,
    events: Number(row.events),
    applied: Number(row.applied),
    entries: Number(row.entries),
  }));
}

const COUNTED = ['outbox', 'inbox', 'journal_entries'] as const;

async function countRows(admin: Knex): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const [[row]] = await admin.raw('SELECT COUNT(*) AS count FROM ??', [table]);
    counts[table] = Number(row.count);
  }
  return counts;
}

/** The keys of the payments that the provider has taken money for. */
async function takenByProvider({ sandboxUrl }: System): Promise<string[]> {
  const response = await fetch(`${sandboxUrl}/sandbox/toss/payments?status=DONE&limit=10000`);
  const { payments } = (await response.json()) as { payments: { paymentKey: string }[] };
  return payments.map(({ paymentKey }) => paymentKey).sort();
}

async function expectWallets({ ledger, database }: System): Promise<void> {
  const earned = new Map<string, Money>();
  const [events] = await database.admin.raw('SELECT payload FROM outbox');
  for (const { payload } of events as { payload: string }[]) {
    for (const { sellerId, amount } of JSON.parse(payload).shares) {
      const { net } = splitSale(money(amount, 'KRW'));
      const before = earned.get(sellerId)?.minor ?? 0n;
      earned.set(sellerId, { ...net, minor: before + net.minor });
    }
  }
  for (const [sellerId, amount] of earned) {
    const { pending } = await ledger.wallet(sellerId, 'KRW');
    expect({ sellerId, pending }).toEqual({ sellerId, pending: formatMoney(amount) });
  }
}
