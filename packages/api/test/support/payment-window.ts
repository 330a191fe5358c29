export interface WindowRequest {
  readonly baseUrl: string;
  readonly orderId: string;
  /** Won. */
  readonly amount: bigint;
}

/** Lets a buyer of the sandbox agree in the payment window, and returns the paymentKey that a browser would come back with. */
export async function openPaymentWindow({ baseUrl, orderId, amount }: WindowRequest): Promise<string> {
  const response = await fetch(`${baseUrl}/sandbox/toss/payments`, {
    method: 'POST',
    body: JSON.stringify({ orderId, amount: Number(amount) }),
  });
  const { paymentKey } = (await response.json()) as { paymentKey: string };
  return paymentKey;
}
