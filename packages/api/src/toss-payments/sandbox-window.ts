import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { type HttpCaller, httpCaller } from '../outgoing/http-caller.ts';

export interface WindowRequest {
  readonly orderId: string;
  /** Won. */
  readonly amount: number | bigint;
  /** A fresh one unless given. The same one for the same order and amount is the same window. */
  readonly paymentKey?: string;
}

export interface SandboxWindow {
  /**
   * Lets a buyer of the sandbox agree in the payment window, and returns the paymentKey that a browser would come back with.
   * @throws ShopError `payment_key_used`, `request_invalid`, `payment_provider_unavailable`
   */
  open(request: WindowRequest): Promise<string>;
  /** Lets go of the connections. */
  close(): void;
}

const MOST_CONNECTIONS = 256;

/** The sandbox's payment window, over connections that are kept: under load it opens as often as a payment is confirmed. */
export function sandboxWindow({ baseUrl }: { baseUrl: string }): SandboxWindow {
  const http = httpCaller({ baseUrl, headers: {}, maxConnectionCount: MOST_CONNECTIONS });
  return { open: (request) => open(http, request), close: http.close };
}

/** Opens one window and lets go; for many, use sandboxWindow. */
export async function openPaymentWindow({
  baseUrl,
  ...request
}: WindowRequest & { readonly baseUrl: string }): Promise<string> {
  const window = sandboxWindow({ baseUrl });
  try {
    return await window.open(request);
  } finally {
    window.close();
  }
}

const openedSchema = z.object({ paymentKey: z.string().min(1) });
const OPEN_WITHIN_MS = 5_000;

async function open(http: HttpCaller, { orderId, amount, paymentKey }: WindowRequest): Promise<string> {
  const reply = await http.send({
    method: 'POST',
    path: '/sandbox/toss/payments',
    body: JSON.stringify({ orderId, amount: Number(amount), paymentKey }),
    timeoutMs: OPEN_WITHIN_MS,
  });
  if (reply.got === 'answer' && reply.status < 300) return openedSchema.parse(reply.body).paymentKey;
  if (reply.got === 'answer' && reply.status === 409) {
    throw new ShopError('payment_key_used', 'This paymentKey was used for another order or amount.', {
      orderId,
    });
  }
  if (reply.got === 'answer' && reply.status === 400) {
    throw new ShopError('request_invalid', 'The sandbox has no payment window for this request.', {
      orderId,
    });
  }
  throw new ShopError(
    'payment_provider_unavailable',
    'The sandbox does not answer; nothing was charged. Is it running?',
    { orderId },
  );
}
