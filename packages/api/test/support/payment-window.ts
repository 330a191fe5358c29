export interface WindowRequest {
  /** The sandbox's. */
  readonly baseUrl: string;
  readonly orderId: string;
  /** Won. */
  readonly amount: number | bigint;
  /** Won; nothing unless given. */
  readonly taxFreeAmount?: number;
  /** A fresh one unless given. */
  readonly paymentKey?: string;
}

/** Lets a buyer of the sandbox agree in the payment window, and returns the paymentKey that a browser would come back with. */
export async function openPaymentWindow({ baseUrl, amount, ...window }: WindowRequest): Promise<string> {
  const response = await fetch(`${baseUrl}/sandbox/toss/payments`, {
    method: 'POST',
    body: JSON.stringify({ ...window, amount: Number(amount) }),
  });
  if (!response.ok) throw new Error(`No payment window opens: ${await response.text()}`);
  const { paymentKey } = (await response.json()) as { paymentKey: string };
  return paymentKey;
}
