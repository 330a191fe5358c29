import type { Ledger, RelayStatus } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { tokenRoutes } from './api-tokens/token-routes.ts';
import type { Breaker } from './breaker/breaker.ts';
import { cancelRoutes } from './cancels/cancel-routes.ts';
import type { CancelContext } from './cancels/finish-cancel.ts';
import { type CartContext, cartRoutes } from './cart/cart-routes.ts';
import { catalogueRoutes } from './catalogue/catalogue-routes.ts';
import { ownProductRoutes } from './catalogue/own-product-routes.ts';
import { type CheckOutSettings, createCheckOut } from './check-out/check-out.ts';
import { checkOutRoutes } from './check-out/check-out-routes.ts';
import { healthRoutes } from './health/health-routes.ts';
import type { Route } from './http/route.ts';
import { type LogInRoutesContext, logInRoutes } from './log-in/log-in-routes.ts';
import { memberRoutes } from './members/member-routes.ts';
import type { ApiMetrics } from './metrics/metrics.ts';
import { metricsRoutes } from './metrics/metrics-routes.ts';
import { findingRoutes } from './orders/finding-routes.ts';
import { orderRoutes } from './orders/order-routes.ts';
import { soldRoutes } from './orders/sold-routes.ts';
import { type PaymentRoutesContext, paymentRoutes } from './payments/payment-routes.ts';
import { tossNoticeRoutes } from './payments/toss-notice-routes.ts';
import type { LowestPriceContext } from './prices/lowest-price.ts';
import { priceRoutes } from './prices/price-routes.ts';
import { relayStatusRoutes } from './relay/relay-status-routes.ts';
import { replayRoutes } from './relay/replay-routes.ts';
import type { Replays } from './relay/replays.ts';
import { statementRoutes } from './reports/statement-routes.ts';
import { trialBalanceRoutes } from './reports/trial-balance-routes.ts';
import { walletRoutes } from './sellers/wallet-routes.ts';
import { settlementRoutes } from './settlement/settlement-routes.ts';
import type { WebhookContext } from './webhooks/manage-endpoints.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';

/** What the routes work with. */
export interface RouteParts {
  readonly knex: Knex;
  readonly ledger: Ledger;
  readonly replays: Replays;
  readonly checkOut: CheckOutSettings;
  readonly cart: CartContext;
  readonly prices: LowestPriceContext & { readonly clock: () => Date };
  readonly payments: PaymentRoutesContext & CancelContext;
  readonly members: LogInRoutesContext;
  readonly webhooks: WebhookContext & { readonly ledgerName: string };
  readonly metrics: ApiMetrics;
  readonly breakers: Readonly<Record<string, Breaker>>;
  readonly readRelayStatus: () => Promise<RelayStatus>;
}

/** Every route of the API, those that are asked most first. */
export function routesOf(parts: RouteParts): Route[] {
  return [
    ...checkOutRoutes(createCheckOut(parts.checkOut)),
    ...paymentRoutes(parts.payments),
    ...cancelRoutes(parts.payments),
    ...tossNoticeRoutes(parts.payments),
    ...catalogueRoutes(parts.knex),
    ...cartRoutes(parts.cart),
    ...orderRoutes(parts.knex),
    ...priceRoutes(parts.prices),
    ...ownProductRoutes(parts.cart),
    ...soldRoutes(parts.knex),
    ...findingRoutes(parts.knex),
    ...settlementRoutes(parts),
    ...walletRoutes(parts),
    ...memberRoutes(parts.members),
    ...logInRoutes(parts.members),
    ...tokenRoutes(parts.members),
    ...trialBalanceRoutes(parts.ledger),
    ...statementRoutes(parts.ledger),
    ...webhookRoutes(parts.webhooks),
    ...relayStatusRoutes(parts.readRelayStatus),
    ...replayRoutes(parts),
    ...metricsRoutes(parts.metrics),
    ...healthRoutes(parts),
  ];
}
