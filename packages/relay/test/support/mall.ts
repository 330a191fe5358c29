import {
  createLedger,
  credit,
  debit,
  type Ledger,
  lastSeq,
  money,
  paymentConfirmedEvent,
  readEvents,
  SETTLEMENT_CONSUMER,
} from '@jangbu/ledger-core';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/test-database.ts';
import { settlementHandlers } from '../../src/settlement-handlers.ts';

/** A ledger with some history: payments of several sellers, and entries that were asked for with postLater. */
export interface Mall {
  readonly database: TestDatabase;
  readonly ledger: Ledger;
  /** Writes payments, some to a transaction, and entries without a time of their own. */
  write(payments: number): Promise<void>;
  /** Applies what was written since the last time, as a relay would; all of it, or up to a seq. */
  settle(upTo?: bigint): Promise<void>;
}

export async function openMall({ clock }: { clock?: () => Date } = {}): Promise<Mall> {
  const database = await createTestDatabase();
  const knex = database.runtime;
  const ledger = await createLedger({ knex, name: 'mall', ...(clock === undefined ? {} : { clock }) });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'equity:owner', type: 'equity', currency: 'KRW', ceiling: 10_000_000n },
  ]);
  let read = 0n;
  let written = 0;
  return {
    database,
    ledger,
    async write(payments) {
      for (let left = payments; left > 0; left -= 100) {
        const some = Array.from({ length: Math.min(100, left) }, () =>
          paymentConfirmedEvent(payment(++written)),
        );
        await database.runtime.transaction(async (trx) => {
          await ledger.within(trx).appendEvents(some);
          await ledger.within(trx).postLater({
            idempotencyKey: `paid-in-${written}`,
            kind: 'paid-in',
            lines: [debit('assets:cash', money('100', 'KRW')), credit('equity:owner', money('100', 'KRW'))],
          });
        });
      }
    },
    async settle(upTo) {
      const last = upTo ?? (await lastSeq(database.runtime));
      while (read <= last) {
        const events = (await readEvents(database.runtime, read, 500)).filter(({ seq }) => seq <= last);
        const nextOffset = (events.at(-1)?.seq ?? last) + 1n;
        const delivered = events.map((event) => ({ ...event, offset: event.seq + 7_000n }));
        const place = { topic: 'mall.payment', partition: 2 };
        await ledger.applyBatches(settlementHandlers(ledger), [
          {
            ...place,
            consumer: SETTLEMENT_CONSUMER,
            events: delivered,
            fromOffset: 0n,
            nextOffset: nextOffset + 7_000n,
          },
        ]);
        read = nextOffset;
      }
    },
  };
}

function payment(number: number) {
  const amount = String(1_000 + (number % 977));
  return {
    paymentKey: `pay-${number}`,
    orderId: `order-${number}`,
    currency: 'KRW',
    amount,
    approvedAt: new Date(Date.UTC(2026, 9, 1) + number * 60_000).toISOString(),
    shares: [{ sellerId: `s${number % 7}`, amount }],
  };
}
