import { createLedger, credit, debit, isLedgerError, type Ledger, minorUnits } from '@jangbu/ledger-core';
import { v7 } from 'uuid';
import type { Ground, Lesson } from './lesson.ts';

const PAYMENTS = 400;
/** The wallet of every twentieth seller is frozen, so that its settlement is refused. */
const SELLERS = 20;

/** Step 2: where settlement stands in the payment's transaction, what it refuses rolls back a payment that the buyer has made. */
export const lostPayments: Lesson = {
  step: 2,
  wrongWay: 'payment and settlement in one transaction',
  rightWay: 'settlement after the payment’s commit',
  async measure({ admin }) {
    const ledger = await createLedger({ knex: admin, name: 'lesson-2' });
    await openAccounts(ledger);
    const wrong = await payAll(admin, ledger, 'one');
    const right = await payAll(admin, ledger, 'two');
    return [
      {
        what: `of ${PAYMENTS} payments that the provider approved, lost where 1 settlement in ${SELLERS} fails`,
        wrong: String(wrong),
        right: String(right),
        ratio: '',
      },
    ];
  },
};

const walletOf = (seller: number) => `liabilities:lesson-sellers:${seller}`;

async function openAccounts(ledger: Ledger): Promise<void> {
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    ...Array.from({ length: SELLERS }, (_, seller) => ({
      code: walletOf(seller),
      type: 'liability' as const,
      currency: 'KRW',
    })),
  ]);
  await ledger.freezeAccount(walletOf(0), { by: 'lesson 2', reason: 'its settlements are to fail' });
}

/** How many payments are not on record in the end. */
async function payAll(admin: Ground['admin'], ledger: Ledger, way: 'one' | 'two'): Promise<number> {
  let lostCount = 0;
  for (let index = 0; index < PAYMENTS; index++) {
    const paymentKey = v7();
    const insert = (db: typeof admin) =>
      db.raw('INSERT INTO lesson_payments (payment_key, amount, paid_at) VALUES (?, 38000, NOW(6))', [
        paymentKey,
      ]);
    const amount = minorUnits(38_000n, 'KRW');
    const lines = [debit('assets:cash', amount), credit(walletOf(index % SELLERS), amount)];
    const entry = { idempotencyKey: paymentKey, kind: 'settlement', lines };
    try {
      if (way === 'two') {
        await insert(admin);
        await ledger.post(entry);
      } else {
        await admin.transaction(async (trx) => {
          await insert(trx);
          await ledger.within(trx).post(entry);
        });
      }
    } catch (error) {
      if (!isLedgerError(error)) throw error;
    }
    const [rows] = await admin.raw('SELECT 1 FROM lesson_payments WHERE payment_key = ?', [paymentKey]);
    if (rows.length === 0) lostCount += 1;
  }
  return lostCount;
}
