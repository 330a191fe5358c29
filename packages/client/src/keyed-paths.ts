// Written by packages/api/scripts/write-client.ts from the OpenAPI document, and held to it by a test.

/** The POSTs that an `Idempotency-Key` makes one and the same, however often they are sent. */
export const KEYED_PATHS: ReadonlySet<string> = new Set([
  '/api/check-out',
  '/api/payments/confirm',
  '/test/confirm',
  '/api/payments/{paymentKey}/cancel',
  '/api/orders/{orderId}/cancel',
  '/api/sellers/{sellerId}/kimchi',
  '/api/webhook-endpoints',
  '/api/webhook-endpoints/{endpointId}/rotate-secret',
  '/api/webhook-endpoints/{endpointId}/ping',
  '/api/webhook-endpoints/{endpointId}/replay',
  '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
  '/api/relay/replays',
]);
