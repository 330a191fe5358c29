import { ShopError } from '../errors.ts';
import type { OrderLine } from '../orders/order.ts';
import type { Payment } from '../payments/payment.ts';
import type { Cancel, CancelItem, CancelShare } from './cancel.ts';
import { proRata, restOf, type SellersRest, toShares } from './shares-of-cancel.ts';

/** What is asked for. Neither amount nor items: all that is left, of the seller named or of all. */
export interface WantedCancel {
  readonly amount?: bigint | undefined;
  readonly sellerId?: string | undefined;
  readonly items?: readonly CancelItem[] | undefined;
}

/** What there is to know of a payment that is to be cancelled. */
export interface CancelFacts {
  readonly payment: Payment;
  readonly lines: readonly OrderLine[];
  /** Those under way or done. */
  readonly cancels: readonly Cancel[];
}

/** A cancel that can be asked for. */
export interface DecidedCancel {
  readonly amount: bigint;
  readonly refundable: bigint;
  readonly taxFreeAmount: bigint | null;
  readonly shares: readonly CancelShare[];
  readonly items: readonly CancelItem[] | null;
}

/**
 * Says what a cancel comes to, or why there can be none. The order of the checks is the precedence of the rejections
 * (decide-cancel.test.ts is its table).
 * @throws ShopError `payment_in_progress`, `payment_not_done`, `cancel_in_progress`, `payment_cancelled`, `cancel_line_unknown`,
 *   `cancel_exceeds_refundable`
 */
export function decideCancel(wanted: WantedCancel, facts: CancelFacts): DecidedCancel {
  const { payment, lines, cancels } = facts;
  assertDone(payment);
  if (cancels.some(({ status }) => status === 'cancelling')) {
    throw new ShopError('cancel_in_progress', 'Another cancel of this payment is under way; wait for it.');
  }
  const refundable = payment.amount - payment.refunded;
  if (refundable === 0n) {
    throw new ShopError('payment_cancelled', 'All of this payment was given back before.', {
      orderId: payment.orderId,
    });
  }
  const rest = restOf(lines, cancels);
  const amounts = amountsOf(wanted, rest, facts);
  for (const { sellerId, left } of rest) assertLeft(amounts.get(sellerId) ?? 0n, left, { sellerId });
  const amount = [...amounts.values()].reduce((sum, part) => sum + part, 0n);
  const items = wanted.items ?? null;
  const taxFreeAmount = amount === refundable ? null : taxFreeOf(items, amounts, lines);
  return { amount, refundable, taxFreeAmount, shares: toShares(rest, amounts), items };
}

/** What bears no VAT: of items, those that do not; of an amount, as much of each seller's part as of what it sold. */
function taxFreeOf(
  items: readonly CancelItem[] | null,
  amounts: ReadonlyMap<string, bigint>,
  lines: readonly OrderLine[],
): bigint | null {
  const taxFree = lines.filter(({ isTaxFree }) => isTaxFree === true);
  if (taxFree.length === 0) return null;
  if (items !== null) {
    return items.reduce((sum, { kimchiId, quantity }) => {
      const line = taxFree.find(({ productId }) => productId === kimchiId);
      return sum + (line?.unitPrice ?? 0n) * BigInt(quantity);
    }, 0n);
  }
  const soldOf = (some: readonly OrderLine[], seller: string) =>
    some.reduce((sum, line) => (String(line.sellerId) === seller ? sum + line.amount : sum), 0n);
  return [...amounts].reduce(
    (sum, [seller, amount]) => sum + (amount * soldOf(taxFree, seller)) / soldOf(lines, seller),
    0n,
  );
}

function assertDone({ status, orderId }: Payment): void {
  if (status === 'done') return;
  if (status === 'confirming') {
    throw new ShopError('payment_in_progress', 'The payment is being confirmed; cancel it afterwards.', {
      orderId,
    });
  }
  throw new ShopError('payment_not_done', 'No money was taken by this payment, so none can go back.', {
    orderId,
  });
}

/** What each seller is to give back. */
function amountsOf(
  wanted: WantedCancel,
  rest: readonly SellersRest[],
  { lines, cancels }: CancelFacts,
): ReadonlyMap<string, bigint> {
  if (wanted.items !== undefined) return amountsOfItems(wanted.items, linesOf(wanted, lines), cancels);
  const asked =
    wanted.sellerId === undefined ? rest : rest.filter(({ sellerId }) => sellerId === wanted.sellerId);
  if (asked.length === 0) {
    throw new ShopError('cancel_line_unknown', `Seller ${wanted.sellerId} sold nothing of this order.`, {
      sellerId: wanted.sellerId,
    });
  }
  const left = asked.reduce((sum, seller) => sum + seller.left, 0n);
  const amount = wanted.amount ?? left;
  const details = wanted.sellerId === undefined ? {} : { sellerId: wanted.sellerId };
  assertLeft(amount, left, details);
  if (amount === 0n) throw exceeds(amount, left, details);
  return proRata(asked, amount);
}

function linesOf({ sellerId }: WantedCancel, lines: readonly OrderLine[]): readonly OrderLine[] {
  return sellerId === undefined ? lines : lines.filter((line) => String(line.sellerId) === sellerId);
}

function amountsOfItems(
  items: readonly CancelItem[],
  lines: readonly OrderLine[],
  cancels: readonly Cancel[],
): ReadonlyMap<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const { kimchiId, quantity } of items) {
    const line = lines.find(({ productId }) => productId === kimchiId);
    if (line === undefined) {
      throw new ShopError('cancel_line_unknown', `There is no kimchi ${kimchiId} here to give back.`, {
        kimchiId,
      });
    }
    const given = cancels
      .flatMap((cancel) => cancel.items ?? [])
      .reduce((sum, item) => (item.kimchiId === kimchiId ? sum + item.quantity : sum), 0);
    if (quantity > line.quantity - given) {
      throw new ShopError(
        'cancel_exceeds_refundable',
        `Of kimchi ${kimchiId}, ${line.quantity - given} are left to give back, and ${quantity} were asked for.`,
        { kimchiId, quantity: line.quantity - given },
      );
    }
    const sellerId = String(line.sellerId);
    amounts.set(sellerId, (amounts.get(sellerId) ?? 0n) + line.unitPrice * BigInt(quantity));
  }
  return amounts;
}

function assertLeft(amount: bigint, left: bigint, details: { readonly sellerId?: string }): void {
  if (amount > left) throw exceeds(amount, left, details);
}

function exceeds(amount: bigint, left: bigint, details: { readonly sellerId?: string }): ShopError {
  const whose = details.sellerId === undefined ? 'this payment' : `seller ${details.sellerId}’s part`;
  return new ShopError(
    'cancel_exceeds_refundable',
    `Of ${whose}, ${left} won can still be given back, and ${amount} were asked for.`,
    { ...details, refundable: Number(left), amount: Number(amount) },
  );
}
