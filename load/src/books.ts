import type { Ledger, TrialBalance } from '@jangbu/ledger-core';

/** The books' figures that a load run moves, in whole won. */
export interface Figures {
  readonly received: bigint;
  readonly wallets: bigint;
  readonly fees: bigint;
  readonly vat: bigint;
  readonly outboxSeq: bigint;
}

export async function readFigures(ledger: Ledger): Promise<Figures> {
  const { rows, outboxSeq }: TrialBalance = await ledger.trialBalance();
  const closing = (belongs: (account: string) => boolean) =>
    rows.filter(({ account }) => belongs(account)).reduce((sum, row) => sum + BigInt(row.closing), 0n);
  return {
    received: closing((account) => account === 'assets:receivables:tosspayments'),
    wallets: closing((account) => account.startsWith('liabilities:sellers:')),
    fees: closing((account) => account === 'revenue:platform-fees'),
    vat: closing((account) => account === 'liabilities:vat-payable'),
    outboxSeq: BigInt(outboxSeq ?? 0),
  };
}

export function difference(before: Figures, after: Figures): Figures {
  return {
    received: after.received - before.received,
    wallets: after.wallets - before.wallets,
    fees: after.fees - before.fees,
    vat: after.vat - before.vat,
    outboxSeq: after.outboxSeq - before.outboxSeq,
  };
}

/** Waits until the relay has nothing left to apply; returns how long that took, in ms. */
export async function untilSettled(ledger: Ledger, timeoutMs: number): Promise<number> {
  const from = Date.now();
  while ((await ledger.lag()).events > 0) {
    if (Date.now() - from > timeoutMs)
      throw new Error(`Not settled ${timeoutMs / 1000} s after the last request.`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return Date.now() - from;
}
