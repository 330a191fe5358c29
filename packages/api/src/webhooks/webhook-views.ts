import type { Attempt, Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';

/** An endpoint as its owner sees it: without the secret. */
export function endpointView(endpoint: Endpoint) {
  return {
    endpointId: endpoint.endpointId,
    sellerId: endpoint.sellerId === null ? null : String(endpoint.sellerId),
    url: endpoint.url,
    eventTypes: endpoint.eventTypes,
    description: endpoint.description,
    status: endpoint.status,
    disabledReason: endpoint.disabledReason,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    createdAt: endpoint.createdAt.toISOString(),
  };
}

export function deliveryView(delivery: Delivery) {
  return {
    deliveryId: delivery.deliveryId.toString(),
    webhookId: delivery.eventId,
    eventType: delivery.eventType,
    seq: delivery.outboxSeq === 0n ? null : delivery.outboxSeq.toString(),
    status: delivery.status,
    attemptCount: delivery.attemptCount,
    dueAt: delivery.status === 'waiting' ? delivery.dueAt.toISOString() : null,
    reason: delivery.reason,
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
  };
}

export function attemptView({ attemptedAt, ...attempt }: Attempt) {
  return { attemptedAt: attemptedAt.toISOString(), ...attempt };
}
