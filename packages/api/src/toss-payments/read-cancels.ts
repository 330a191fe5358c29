import { z } from 'zod';
import type { ProviderCancel } from '../cancels/cancel-provider.ts';

const wonSchema = z.union([z.int().min(0), z.string().regex(/^\d{1,18}$/)]).transform(BigInt);

/** What of a Payment object tells of its cancels. It may hold anything else. */
const cancellableSchema = z.object({
  paymentKey: z.string(),
  balanceAmount: wonSchema,
  /** What of the balance bears no VAT. */
  taxFreeAmount: wonSchema.nullish().catch(null),
  cancels: z
    .array(
      z.object({
        transactionKey: z.string(),
        cancelAmount: wonSchema,
        refundableAmount: wonSchema,
        canceledAt: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
        cancelReason: z.string().nullish().catch(null),
        cancelStatus: z.string().nullish(),
      }),
    )
    .nullish()
    .transform((cancels) => cancels ?? []),
});

export type CancellablePayment = z.output<typeof cancellableSchema>;
type CancelRow = CancellablePayment['cancels'][number];

/** Undefined where the body is no Payment. */
export function readCancels(body: unknown): CancellablePayment | undefined {
  return cancellableSchema.safeParse(body).data;
}

export function toProviderCancel(row: CancelRow): ProviderCancel {
  return {
    transactionKey: row.transactionKey,
    amount: row.cancelAmount,
    refundableAmount: row.refundableAmount,
    cancelledAt: new Date(row.canceledAt),
    reason: row.cancelReason ?? '',
    isDone: isDone(row),
  };
}

function isDone({ cancelStatus }: CancelRow): boolean {
  return (cancelStatus ?? 'DONE') === 'DONE';
}

/** What a cancel can say that bears no VAT, nearest to what is wanted: neither part of the balance can be cancelled beyond itself. */
export function taxFreeWithin(
  { balanceAmount, taxFreeAmount }: CancellablePayment,
  amount: bigint,
  wanted: bigint,
): bigint {
  const taxFree = taxFreeAmount ?? 0n;
  const least = amount - (balanceAmount - taxFree);
  const most = taxFree < amount ? taxFree : amount;
  if (wanted > most) return most;
  return wanted < least ? least : wanted;
}

/** A cancel by what it starts from and what it takes, in won. */
export interface WantedCancel {
  /** What could be refunded before it. */
  readonly refundableAmount: bigint;
  readonly cancelAmount: bigint;
}

export type CancelStanding =
  | { readonly stands: 'done'; readonly row: CancelRow }
  /** Nothing was cancelled since the caller looked: it has not happened, or not yet. */
  | { readonly stands: 'not-yet' }
  /** Begun, and not finished at the bank. */
  | { readonly stands: 'in-progress' }
  /** Something else was cancelled, so that the balance it was to start from will never be again. */
  | { readonly stands: 'overtaken' };

/**
 * What became of a cancel. A balance only falls, so one balance occurs once in the life of a payment, and the row that leads from
 * the wanted balance by the wanted amount can only be the wanted cancel.
 */
export function standingOfCancel(payment: CancellablePayment, wanted: WantedCancel): CancelStanding {
  const left = wanted.refundableAmount - wanted.cancelAmount;
  const row = payment.cancels.find(
    ({ cancelAmount, refundableAmount }) => cancelAmount === wanted.cancelAmount && refundableAmount === left,
  );
  if (row === undefined) {
    return payment.balanceAmount === wanted.refundableAmount
      ? { stands: 'not-yet' }
      : { stands: 'overtaken' };
  }
  return isDone(row) ? { stands: 'done', row } : { stands: 'in-progress' };
}
