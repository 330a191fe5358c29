import type { Schemas } from '@jangbu/client';

/**
 * Leads the buyer to the payment window, which sends them back to `/pay` when they have agreed and to the order when they have not:
 * the parameters are those of TossPayments.
 */
export function openPaymentWindow({
  orderId,
  orderName,
  amount,
}: Pick<Schemas['Order'], 'orderId' | 'orderName' | 'amount'>): void {
  const windowUrl =
    document.querySelector<HTMLMetaElement>('meta[name="jangbu:payment-window"]')?.content ?? '';
  const url = new URL(windowUrl);
  const { origin } = location;
  const parameters = {
    orderId,
    orderName,
    amount: String(amount),
    successUrl: `${origin}/pay`,
    failUrl: `${origin}/orders/${orderId}`,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}
