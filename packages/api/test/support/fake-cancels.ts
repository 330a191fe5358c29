import { randomUUID } from 'node:crypto';
import type { CancelAnswer, CancelProvider, ProviderCancel } from '../../src/cancels/cancel-provider.ts';

/** A provider of cancels whose answers a test decides, beside the fake provider of payments, which are of 38,000 won. */
export interface FakeCancels extends CancelProvider {
  /** What the next cancels answer, in order; after them, everything goes back. */
  readonly next: CancelAnswer[];
  /** A cancel that somebody makes at the provider. */
  giveBack(paymentKey: string, amount: bigint): ProviderCancel;
}

export function fakeCancels(): FakeCancels {
  const made = new Map<string, ProviderCancel[]>();
  const next: CancelAnswer[] = [];
  const giveBack = (paymentKey: string, amount: bigint): ProviderCancel => {
    const before = made.get(paymentKey) ?? [];
    const balance = before.reduce((left, cancel) => left - cancel.amount, 38_000n);
    const cancel = {
      transactionKey: randomUUID(),
      amount,
      refundableAmount: balance - amount,
      cancelledAt: new Date(),
      reason: 'asked for',
      isDone: true,
    };
    made.set(paymentKey, [...before, cancel]);
    return cancel;
  };
  return {
    next,
    giveBack,
    async cancel({ paymentKey, cancelAmount, refundableAmount }) {
      const told = next.shift();
      if (told !== undefined) return told;
      const { transactionKey, amount, ...cancel } = giveBack(paymentKey, cancelAmount ?? refundableAmount);
      return {
        outcome: 'canceled',
        transactionKey,
        amount,
        canceledAt: cancel.cancelledAt,
        refundableAmount: cancel.refundableAmount,
      };
    },
    lookUpCancels: async (paymentKey) => ({ outcome: 'found', cancels: made.get(paymentKey) ?? [] }),
  };
}
