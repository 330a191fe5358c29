import type { Breaker } from '../breaker/breaker.ts';
import { httpCaller } from '../outgoing/http-caller.ts';
import type { Reply } from '../outgoing/reply.ts';
import type { PaymentToConfirm } from '../payments/payment-provider.ts';
import { authorizationOf } from './authorization.ts';
import { createGuard } from './guard.ts';
import { confirmKeyOf } from './idempotency-key.ts';

export interface CallsOptions {
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly slotCount: number;
  readonly breakerOpenMs: number;
}

export interface ConfirmRequest extends PaymentToConfirm {
  /** Up to 300 characters. Made of what is confirmed unless given. */
  readonly idempotencyKey?: string;
  /** With a test key: the error that the provider is to answer. */
  readonly testCode?: string;
  /** In the sandbox: its buyer agrees in the payment window with this very call. TossPayments knows no such thing. */
  readonly agreesInWindow?: boolean;
}

/** The two calls, each sent once and behind its guard. Neither rejects. */
export interface Calls {
  confirm(request: ConfirmRequest, timeoutMs: number): Promise<Reply>;
  lookUp(paymentKey: string, timeoutMs: number): Promise<Reply>;
  readonly breakers: { readonly confirms: Breaker; readonly lookUps: Breaker };
  close(): void;
}

/** Look-ups have a guard of their own: when confirms are in trouble, it is look-ups that tell what became of them. */
export function createCalls({ baseUrl, secretKey, slotCount, breakerOpenMs: openMs }: CallsOptions): Calls {
  const authorization = authorizationOf(secretKey);
  const http = httpCaller({ baseUrl, headers: { authorization }, maxConnectionCount: slotCount * 2 });
  const confirmGuard = createGuard({ slotCount, queueCount: slotCount * 2, openMs });
  const lookUpGuard = createGuard({ slotCount, queueCount: slotCount * 2, openMs });
  return {
    confirm: (request, timeoutMs) =>
      confirmGuard.run(() =>
        http.send({
          method: 'POST',
          path: '/v1/payments/confirm',
          headers: {
            'idempotency-key': request.idempotencyKey ?? confirmKeyOf(request),
            ...(request.testCode === undefined ? {} : { 'tosspayments-test-code': request.testCode }),
            ...(request.agreesInWindow === true ? { 'jangbu-sandbox-window': 'agreed' } : {}),
          },
          body: confirmBody(request),
          timeoutMs,
        }),
      ),
    lookUp: (paymentKey, timeoutMs) =>
      lookUpGuard.run(() =>
        http.send({ method: 'GET', path: `/v1/payments/${encodeURIComponent(paymentKey)}`, timeoutMs }),
      ),
    breakers: { confirms: confirmGuard.breaker, lookUps: lookUpGuard.breaker },
    close: http.close,
  };
}

/** Written by hand because JSON has no bigint, and the amount is to arrive to the won. */
function confirmBody({ paymentKey, orderId, amount }: ConfirmRequest): string {
  return `{"paymentKey":${JSON.stringify(paymentKey)},"orderId":${JSON.stringify(orderId)},"amount":${amount}}`;
}
