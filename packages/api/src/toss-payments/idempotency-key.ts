import type { PaymentToConfirm } from '../payments/payment-provider.ts';

/**
 * One confirm of one payment, whoever sends it and however often. The provider does not match the body, so that what the body says
 * stands in the key. At most 282 of the 300 characters that it takes, with the shop's own limits.
 */
export function confirmKeyOf({ paymentKey, orderId, amount }: PaymentToConfirm): string {
  return `confirm:${orderId}:${amount}:${paymentKey}`;
}
