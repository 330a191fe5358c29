import { minorUnits, splitByWeights } from '@jangbu/ledger-core';
import { type OrderLine, sharesOf } from '../orders/order.ts';
import type { Cancel, CancelShare } from './cancel.ts';

/** What a seller sold of a payment, and what of it is left. */
export interface SellersRest {
  readonly sellerId: string;
  readonly sold: bigint;
  readonly left: bigint;
}

/** What of a payment is left to each seller once the cancels that were done are taken off. */
export function restOf(lines: readonly OrderLine[], done: readonly Pick<Cancel, 'shares'>[]): SellersRest[] {
  return sharesOf(lines).map(({ sellerId, amount: sold }) => {
    const given = done.flatMap(({ shares }) => shares).filter((share) => share.sellerId === sellerId);
    return { sellerId, sold, left: given.reduce((left, { amount }) => left - amount, sold) };
  });
}

/**
 * Splits a cancel over sellers pro rata of what each has left, by largest remainder: it sums to the amount, takes from nobody more
 * than there is, and a cancel of all that is left takes exactly that of each.
 * @throws LedgerError `split_impossible` where nothing is left
 */
export function proRata(rest: readonly SellersRest[], amount: bigint): Map<string, bigint> {
  const parts = splitByWeights(
    minorUnits(amount, 'KRW'),
    rest.map(({ left }) => left),
  );
  return new Map(rest.map(({ sellerId }, index) => [sellerId, parts[index]?.minor ?? 0n]));
}

/** The shares of a cancel that takes so much of each seller. Who gives nothing back is left out. */
export function toShares(
  rest: readonly SellersRest[],
  amounts: ReadonlyMap<string, bigint>,
): readonly CancelShare[] {
  return rest.flatMap(({ sellerId, sold, left }) => {
    const amount = amounts.get(sellerId) ?? 0n;
    return amount === 0n ? [] : [{ sellerId, sold, amount, refunded: sold - left + amount }];
  });
}
