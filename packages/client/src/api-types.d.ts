// Written by packages/api/scripts/write-client.ts from the OpenAPI document, and held to it by a test.

export interface paths {
    readonly "/api/check-out": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make an order at the catalogue’s prices
         * @description A kimchi that comes twice is a quantity of two. What the client says about prices is never read. Stock is reserved until the order is paid, cancelled or expires. Without `kimchiIds` the whole cart is ordered, and is empty then.
         */
        readonly post: operations["postApiCheckOut"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/payments/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Confirm a payment when the buyer comes back from the payment window
         * @description The payer is the caller, who has ordered. The same confirm again gives the same payment.
         */
        readonly post: operations["postApiPaymentsConfirm"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/payments/{paymentKey}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a payment’s state and its cancels
         * @description Who paid, who ordered, accountants and operators read all of it; a seller of it its own part, once it is done. To anybody else there is no such payment.
         */
        readonly get: operations["getApiPaymentsPaymentKey"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/test/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Let a buyer of the sandbox agree, and confirm
         * @description `memberId` is the payer, who need not be the buyer. Without a paymentKey a fresh one is made.
         */
        readonly post: operations["postTestConfirm"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/payments/{paymentKey}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give a payment back, or a part of it
         * @description Any number of parts, one at a time, until nothing is left. Send an Idempotency-Key: without one, the same request again is another cancel. Who paid, who ordered and operators may cancel all of it, sellers their own part.
         */
        readonly post: operations["postApiPaymentsPaymentKeyCancel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/toss": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Hear from TossPayments that a payment has changed
         * @description Nothing of the notice is believed but whom to ask about: the payment is looked up at the provider. Every notice is answered alike, whether or not there is such a payment.
         */
        readonly post: operations["postWebhooksToss"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/kimchi": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what is on sale
         * @description A search finds each word of `q` anywhere in names and descriptions.
         */
        readonly get: operations["getApiKimchi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/kimchi/{kimchiId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read one that is on sale */
        readonly get: operations["getApiKimchiKimchiId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/cart": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the cart, at the catalogue’s prices of now
         * @description The caller’s cart; of somebody who has not logged in, that of the cookie. At log-in it becomes part of the member’s.
         */
        readonly get: operations["getApiCart"];
        readonly put?: never;
        readonly post?: never;
        /** Empty the cart */
        readonly delete: operations["deleteApiCart"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/cart/items/{kimchiId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Make so many of a kimchi lie in the cart
         * @description The caller’s cart; of somebody who has not logged in, that of the cookie. At log-in it becomes part of the member’s.
         */
        readonly put: operations["putApiCartItemsKimchiId"];
        readonly post?: never;
        /** Take a kimchi out of the cart */
        readonly delete: operations["deleteApiCartItemsKimchiId"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/orders/{orderId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an order, its state and its payment
         * @description A buyer reads its own; accountants and operators read any.
         */
        readonly get: operations["getApiOrdersOrderId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the caller’s orders, newest first */
        readonly get: operations["getApiOrders"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/orders/{orderId}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Call off an order that awaits payment
         * @description Its stock is given back. One that is cancelled already stays so. A paid order is cancelled with its payment.
         */
        readonly post: operations["postApiOrdersOrderIdCancel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/kimchi/{kimchiId}/lowest-price": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Compare a kimchi’s price
         * @description Beside the same kind of kimchi elsewhere, by weight. Where the price source is slow or down, the answer is an older one or the mall’s own, and says so.
         */
        readonly get: operations["getApiKimchiKimchiIdLowestPrice"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sellers/{sellerId}/kimchi": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List a seller’s own kimchi, newest first, whatever its status */
        readonly get: operations["getApiSellersSellerIdKimchi"];
        readonly put?: never;
        /** Put up a kimchi */
        readonly post: operations["postApiSellersSellerIdKimchi"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sellers/{sellerId}/kimchi/{kimchiId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a seller’s own kimchi */
        readonly get: operations["getApiSellersSellerIdKimchiKimchiId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Change a seller’s own kimchi
         * @description Names the `version` that it changes, so that two who change at once do not undo each other. A price counts from the next check-out; orders that were made keep theirs.
         */
        readonly patch: operations["patchApiSellersSellerIdKimchiKimchiId"];
        readonly trace?: never;
    };
    readonly "/api/sellers/{sellerId}/orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the paid orders that have lines of a seller, newest first */
        readonly get: operations["getApiSellersSellerIdOrders"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sellers/{sellerId}/orders/{orderId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a seller’s lines of a paid order */
        readonly get: operations["getApiSellersSellerIdOrdersOrderId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/order-findings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what an operator has to look at, newest first
         * @description Payments that were approved after their order had ended, and what they oversold.
         */
        readonly get: operations["getApiOrderFindings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/orders/{orderId}/settlement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Follow an order’s money into the books
         * @description From the payment’s event in the outbox to the entries it became. A buyer follows its own order; accountants and operators follow any, and see the entries.
         */
        readonly get: operations["getApiOrdersOrderIdSettlement"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/sellers/{sellerId}/wallet": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a seller’s money
         * @description A seller reads its own; accountants and operators read any.
         */
        readonly get: operations["getApiSellersSellerIdWallet"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read who you are here */
        readonly get: operations["getApiMe"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/members/{memberId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a member and their roles */
        readonly get: operations["getApiMembersMemberId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/members/{memberId}/roles/{role}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Give a role to a member
         * @description The role seller names the seller. The member’s sessions end, and the next log-in has the role.
         */
        readonly put: operations["putApiMembersMemberIdRolesRole"];
        readonly post?: never;
        /**
         * Take a role from a member
         * @description The member’s sessions end, and their tokens lose the role.
         */
        readonly delete: operations["deleteApiMembersMemberIdRolesRole"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/{provider}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Log in, or sign up, with Naver or Kakao
         * @description For browsers: sends them to the provider.
         */
        readonly get: operations["getAuthProvider"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/{provider}/callback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Come back from Naver or Kakao
         * @description For browsers: makes a session under a fresh id and goes on. A browser that was begun here and did not get through goes back with the code of the problem as `logInError`; other clients get the problem.
         */
        readonly get: operations["getAuthProviderCallback"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/log-out": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End the session
         * @description Needs the session’s X-CSRF-Token. A session that has ended before is ended all the same.
         */
        readonly post: operations["postApiLogOut"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/me/identities/{provider}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Begin to link a further way to log in
         * @description Send the browser to the `authorizeUrl` of the answer; it comes back to `returnTo`.
         */
        readonly post: operations["postApiMeIdentitiesProvider"];
        /** Unlink a way to log in, here and at the provider */
        readonly delete: operations["deleteApiMeIdentitiesProvider"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/me/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List your API tokens */
        readonly get: operations["getApiMeTokens"];
        readonly put?: never;
        /**
         * Make an API token
         * @description It may have all of your roles or some of them; losing a role takes it from your tokens as well.
         */
        readonly post: operations["postApiMeTokens"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/me/tokens/{tokenId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Revoke an API token */
        readonly delete: operations["deleteApiMeTokensTokenId"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/reports/trial-balance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read every account’s balance, at any date
         * @description Opening and closing are on the account’s normal side.
         */
        readonly get: operations["getApiReportsTrialBalance"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/accounts/{code}/statement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an account’s lines, each with the balance after it
         * @description A seller reads its own accounts; accountants and operators read any.
         */
        readonly get: operations["getApiAccountsCodeStatement"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List webhook endpoints */
        readonly get: operations["getApiWebhookEndpoints"];
        readonly put?: never;
        /**
         * Be told of events at a URL of one’s own
         * @description The secret is in this answer, and in no other.
         */
        readonly post: operations["postApiWebhookEndpoints"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a webhook endpoint */
        readonly get: operations["getApiWebhookEndpointsEndpointId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Change, disable or enable a webhook endpoint
         * @description What waits for it goes on waiting while it is disabled. What happens meanwhile is not kept for it: replay it afterwards.
         */
        readonly patch: operations["patchApiWebhookEndpointsEndpointId"];
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/rotate-secret": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make a new secret
         * @description The one before signs beside it for a day, so that receivers can change over.
         */
        readonly post: operations["postApiWebhookEndpointsEndpointIdRotateSecret"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/ping": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Try an endpoint with something that is no event */
        readonly post: operations["postApiWebhookEndpointsEndpointIdPing"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Be told once more of everything from an event or a time on
         * @description Each with the webhook-id that it had, so that a receiver knows what it has.
         */
        readonly post: operations["postApiWebhookEndpointsEndpointIdReplay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List what an endpoint is sent, newest first */
        readonly get: operations["getApiWebhookEndpointsEndpointIdDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a delivery, with its attempts */
        readonly get: operations["getApiWebhookEndpointsEndpointIdDeliveriesDeliveryId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send a delivery once more */
        readonly post: operations["postApiWebhookEndpointsEndpointIdDeliveriesDeliveryIdRedeliver"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/relay/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read how far settlement is behind */
        readonly get: operations["getApiRelayStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/relay/replays": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Begin a replay of the outbox
         * @description One at a time, in the background. With `into` it rebuilds the books in a fresh ledger.
         */
        readonly post: operations["postApiRelayReplays"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/relay/replays/{runId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read how far a replay is, or how it ended */
        readonly get: operations["getApiRelayReplaysRunId"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read figures of this process */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ask whether the process answers */
        readonly get: operations["getHealthLive"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ask whether MySQL answers as well */
        readonly get: operations["getHealthReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/problems/{code}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read what a problem means */
        readonly get: operations["getProblemsCode"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read this document */
        readonly get: operations["getOpenapiJson"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/docs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read this document as a page */
        readonly get: operations["getDocs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/docs/assets/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Read a file of the page */
        readonly get: operations["getDocsAssetsName"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Order: {
            readonly orderId: string;
            readonly amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            readonly taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            readonly currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            readonly orderName: string;
            readonly buyerId: number;
            readonly cartId: number;
            readonly lines: readonly components["schemas"]["OrderLine"][];
            readonly createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            readonly expiresAt: components["schemas"]["Instant"] | null;
        };
        /**
         * @description Won, as a whole number.
         * @example 38000
         */
        readonly Won: number;
        readonly OrderLine: {
            readonly kimchiId: number;
            readonly sellerId: string;
            readonly name: string;
            readonly quantity: number;
            readonly unitPrice: components["schemas"]["Won"];
            readonly amount: components["schemas"]["Won"];
            readonly taxFree: boolean;
        };
        /**
         * Format: date-time
         * @description An instant in UTC.
         * @example 2026-11-23T16:00:10.646Z
         */
        readonly Instant: string;
        readonly Confirmation: {
            readonly paymentKey: string;
            readonly orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            readonly status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            readonly amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            readonly refunded: components["schemas"]["Won"];
            readonly currency: string;
            readonly payerId: number;
            readonly method: string | null;
            readonly approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            readonly failure: {
                readonly code: string;
                readonly message: string | null;
            } | null;
            /** @description Whether the payment was done before this request. */
            readonly replayed: boolean;
        };
        readonly PaymentState: {
            readonly paymentKey: string;
            readonly orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            readonly status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            readonly amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            readonly refunded: components["schemas"]["Won"];
            readonly currency: string;
            /** @description Null where a seller reads it. */
            readonly payerId: number | null;
            readonly method: string | null;
            readonly approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            readonly failure: {
                readonly code: string;
                readonly message: string | null;
            } | null;
            /** @description Whose part of the payment this is, where a seller reads it: amount, refunded, status and cancels are of that part. Null: all of it. */
            readonly sellerId: string | null;
            /** @description Those under way or done, in their order. */
            readonly cancels: readonly components["schemas"]["Cancel"][];
        };
        readonly Cancel: {
            readonly cancelId: string;
            readonly paymentKey: string;
            readonly orderId: string;
            /**
             * @description cancelling: the provider is being asked. done: the money goes back.
             * @enum {string}
             */
            readonly status: "cancelling" | "done" | "refused" | "released";
            readonly amount: components["schemas"]["Won"];
            /** @description What is left to give back after it. */
            readonly refundable: components["schemas"]["Won"];
            readonly reason: string;
            /** @description What each seller gives back. */
            readonly shares: readonly {
                readonly sellerId: string;
                readonly amount: components["schemas"]["Won"];
            }[];
            readonly items: readonly {
                readonly kimchiId: number;
                readonly quantity: number;
            }[] | null;
            /** @description The member; null where it was made at the provider, and to a seller where another asked. */
            readonly askedBy: number | null;
            /** @description The provider’s name for it. */
            readonly transactionKey: string | null;
            readonly cancelledAt: components["schemas"]["Instant"] | null;
        };
        readonly CancelItem: {
            readonly kimchiId: number | string;
            readonly quantity: number;
        };
        readonly Cancellation: {
            readonly cancelId: string;
            readonly paymentKey: string;
            readonly orderId: string;
            /**
             * @description cancelling: the provider is being asked. done: the money goes back.
             * @enum {string}
             */
            readonly status: "cancelling" | "done" | "refused" | "released";
            readonly amount: components["schemas"]["Won"];
            /** @description What is left to give back after it. */
            readonly refundable: components["schemas"]["Won"];
            readonly reason: string;
            /** @description What each seller gives back. */
            readonly shares: readonly {
                readonly sellerId: string;
                readonly amount: components["schemas"]["Won"];
            }[];
            readonly items: readonly {
                readonly kimchiId: number;
                readonly quantity: number;
            }[] | null;
            /** @description The member; null where it was made at the provider, and to a seller where another asked. */
            readonly askedBy: number | null;
            /** @description The provider’s name for it. */
            readonly transactionKey: string | null;
            readonly cancelledAt: components["schemas"]["Instant"] | null;
            /** @description Whether the same request had asked for it before. */
            readonly replayed: boolean;
        };
        readonly Kimchi: {
            readonly kimchiId: number;
            readonly sellerId: string;
            readonly sellerName: string;
            readonly name: string;
            readonly description: string;
            readonly price: components["schemas"]["Won"];
            /** @enum {string} */
            readonly category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
            readonly taxFree: boolean;
            /** @description How much can be ordered. Null: as much as is wanted. */
            readonly available: number | null;
        };
        readonly Cart: {
            /** @description Null until something is put in. */
            readonly cartId: number | null;
            readonly items: readonly {
                readonly kimchiId: number;
                readonly name: string;
                readonly sellerId: string;
                readonly sellerName: string;
                readonly unitPrice: components["schemas"]["Won"];
                readonly quantity: number;
                readonly amount: components["schemas"]["Won"];
                /**
                 * @description `short`: less is left than lies here. `gone`: it is sold out, or not on sale.
                 * @enum {string}
                 */
                readonly availability: "available" | "short" | "gone";
                /** @description How much is left. Null: as much as is wanted. */
                readonly available: number | null;
            }[];
            /** @description The sum of what is available. */
            readonly amount: components["schemas"]["Won"];
        };
        readonly OrderState: {
            readonly orderId: string;
            readonly amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            readonly taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            readonly currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            readonly orderName: string;
            readonly buyerId: number;
            readonly cartId: number;
            readonly lines: readonly components["schemas"]["OrderLine"][];
            readonly createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            readonly expiresAt: components["schemas"]["Instant"] | null;
            /** @enum {string} */
            readonly status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
            /** @description Null while no payment is under way or done. */
            readonly payment: components["schemas"]["Payment"] | null;
        };
        readonly Payment: {
            readonly paymentKey: string;
            readonly orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            readonly status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            readonly amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            readonly refunded: components["schemas"]["Won"];
            readonly currency: string;
            readonly payerId: number;
            readonly method: string | null;
            readonly approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            readonly failure: {
                readonly code: string;
                readonly message: string | null;
            } | null;
        };
        readonly OrderStatus: {
            readonly orderId: string;
            readonly amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            readonly taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            readonly currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            readonly orderName: string;
            readonly buyerId: number;
            readonly cartId: number;
            readonly lines: readonly components["schemas"]["OrderLine"][];
            readonly createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            readonly expiresAt: components["schemas"]["Instant"] | null;
            /** @enum {string} */
            readonly status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
        };
        readonly LowestPrice: {
            readonly kimchiId: number;
            readonly name: string;
            /** @constant */
            readonly currency: "KRW";
            readonly ourPrice: components["schemas"]["Won"];
            /** @description What ours weighs, by its name. */
            readonly grams: number | null;
            /** @description The cheapest elsewhere, by weight. */
            readonly lowest: components["schemas"]["PriceListing"] | null;
            /** @description How much ours costs more than the lowest elsewhere; below zero where ours is the cheapest. */
            readonly difference: components["schemas"]["Won"] | null;
            /** @description The cheapest first, ten at most. */
            readonly listings: readonly components["schemas"]["PriceListing"][];
            /** @description How many were found. */
            readonly listingCount: number;
            /** @enum {string} */
            readonly source: "naver-shopping" | "mall";
            /** @description Whether the source could not be asked, and this is older, or of another source. */
            readonly degraded: boolean;
            readonly degradedBecause: ("source_slow" | "source_failed" | "source_paused" | "source_busy" | "source_refused" | "source_limit") | null;
            /** @description When the source told it. */
            readonly asOf: components["schemas"]["Instant"];
            readonly ageSeconds: number;
        };
        readonly PriceListing: {
            /** @description Plain text, as somebody else wrote it. */
            readonly title: string;
            /** @description The shop that sells it. */
            readonly mallName: string;
            readonly price: components["schemas"]["Won"];
            /** @description How much one gets, where the title says so plainly. */
            readonly grams: number | null;
            /** @description What as much as ours weighs would cost. Null where a weight is not known. */
            readonly priceForOurWeight: components["schemas"]["Won"] | null;
            readonly url: string | null;
            readonly imageUrl: string | null;
            /** @description Of the mall’s own listings. */
            readonly kimchiId: number | null;
        };
        readonly OwnKimchi: {
            readonly kimchiId: number;
            readonly sellerId: string;
            readonly sellerName: string;
            readonly name: string;
            readonly description: string;
            readonly price: components["schemas"]["Won"];
            /** @enum {string} */
            readonly category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
            readonly taxFree: boolean;
            /** @description How much can be ordered. Null: as much as is wanted. */
            readonly available: number | null;
            /** @enum {string} */
            readonly status: "on_sale" | "hidden" | "ended";
            readonly version: number;
            readonly stock: {
                readonly available: number;
                /** @description Held by orders that await payment. */
                readonly reserved: number;
                readonly sold: number;
                /** @description Sold without being there, by payments that came after their order had ended. */
                readonly oversold: number;
            } | null;
            readonly createdAt: components["schemas"]["Instant"];
            readonly changedAt: components["schemas"]["Instant"];
        };
        readonly SoldOrder: {
            readonly orderId: string;
            /**
             * @description Of the whole order.
             * @enum {string}
             */
            readonly status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
            /** @description The seller’s own lines. */
            readonly lines: readonly components["schemas"]["OrderLine"][];
            /** @description The sum of the seller’s own lines. */
            readonly amount: components["schemas"]["Won"];
            readonly createdAt: components["schemas"]["Instant"];
        };
        readonly SoldOrderDetail: {
            readonly orderId: string;
            /**
             * @description Of the whole order.
             * @enum {string}
             */
            readonly status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
            /** @description The seller’s own lines. */
            readonly lines: readonly components["schemas"]["OrderLine"][];
            /** @description The sum of the seller’s own lines. */
            readonly amount: components["schemas"]["Won"];
            readonly createdAt: components["schemas"]["Instant"];
            /** @description By which the seller cancels its part. Null where no payment holds the order any more. */
            readonly paymentKey: string | null;
        };
        readonly OrderFinding: {
            readonly findingId: number;
            /** @enum {string} */
            readonly kind: "paid_after_end" | "paid_twice" | "oversold";
            readonly orderId: string;
            readonly paymentKey: string;
            readonly details: {
                readonly [key: string]: unknown;
            };
            readonly noticedAt: components["schemas"]["Instant"];
        };
        readonly OrderSettlement: {
            readonly orderId: string;
            /** @description The earliest first; none before it is paid. */
            readonly events: readonly components["schemas"]["SettlementEvent"][];
        };
        readonly SettlementEvent: {
            readonly seq: components["schemas"]["Seq"];
            /** @description PaymentConfirmed, or PaymentCancelled. */
            readonly eventType: string;
            /** @description With the payment, in one transaction. */
            readonly writtenAt: components["schemas"]["Instant"];
            /**
             * @description held: it waits in dead letters until somebody sees to it.
             * @enum {string}
             */
            readonly state: "waiting" | "applied" | "held" | "discarded";
            /** @description When its entries were booked. */
            readonly appliedAt: components["schemas"]["Instant"] | null;
            /** @description How it came to the ledger. */
            readonly source: ("kafka" | "embedded") | null;
            readonly entryCount: number;
            /** @description For accountants and operators; null for others, whom fees are no business of. */
            readonly entries: readonly components["schemas"]["SettlementEntry"][] | null;
        };
        /**
         * @description An event’s place in the outbox.
         * @example 1000
         */
        readonly Seq: string;
        readonly SettlementEntry: {
            readonly entryId: string;
            readonly description: string;
            readonly bookedAt: components["schemas"]["Instant"];
            readonly lines: readonly {
                readonly account: string;
                /** @enum {string} */
                readonly side: "debit" | "credit";
                readonly amount: components["schemas"]["Money"];
            }[];
        };
        /**
         * @description An amount in major units, as text.
         * @example 36000
         */
        readonly Money: string;
        readonly Wallet: {
            readonly sellerId: string;
            readonly currency: string;
            /** @description Earned, and not yet released. */
            readonly pending: components["schemas"]["Money"];
            /** @description Released, to be paid out. */
            readonly available: components["schemas"]["Money"];
            /** @description Held back, for instance for a dispute. */
            readonly onHold: components["schemas"]["Money"];
            /** @description What the seller owes the platform. */
            readonly owed: components["schemas"]["Money"];
        };
        readonly Me: {
            readonly memberId: number;
            readonly name: string;
            readonly roles: readonly ("buyer" | "seller" | "accountant" | "operator")[];
            readonly sellerId: string | null;
            readonly identities: readonly {
                /** @enum {string} */
                readonly provider: "naver" | "kakao";
                readonly linkedAt: components["schemas"]["Instant"];
            }[];
            /** @description Sent as X-CSRF-Token by a page that changes something; null without a session. */
            readonly csrfToken: string | null;
        };
        readonly Member: {
            readonly memberId: number;
            readonly name: string;
            readonly roles: readonly {
                /** @enum {string} */
                readonly role: "seller" | "accountant" | "operator";
                readonly sellerId: string | null;
            }[];
        };
        readonly LinkBegun: {
            readonly authorizeUrl: string;
        };
        readonly MadeApiToken: {
            readonly tokenId: number;
            readonly name: string;
            /** @description The first characters of the token. */
            readonly hint: string;
            readonly roles: readonly ("buyer" | "seller" | "accountant" | "operator")[];
            readonly createdAt: components["schemas"]["Instant"];
            readonly expiresAt: components["schemas"]["Instant"] | null;
            /** @description To the minute. */
            readonly lastUsedAt: components["schemas"]["Instant"] | null;
            /** @description Shown this once; it is not stored. */
            readonly token: string;
        };
        readonly ApiToken: {
            readonly tokenId: number;
            readonly name: string;
            /** @description The first characters of the token. */
            readonly hint: string;
            readonly roles: readonly ("buyer" | "seller" | "accountant" | "operator")[];
            readonly createdAt: components["schemas"]["Instant"];
            readonly expiresAt: components["schemas"]["Instant"] | null;
            /** @description To the minute. */
            readonly lastUsedAt: components["schemas"]["Instant"] | null;
        };
        readonly TrialBalance: {
            readonly ledger: string;
            readonly asOf: components["schemas"]["Day"];
            readonly knownAt: components["schemas"]["Instant"];
            readonly rows: readonly components["schemas"]["TrialBalanceRow"][];
            /** @description The closing balances by side; equal in sound books. */
            readonly totals: readonly {
                readonly currency: string;
                readonly debit: components["schemas"]["Money"];
                readonly credit: components["schemas"]["Money"];
            }[];
            /** @description The last event whose effect is in these figures. */
            readonly outboxSeq: components["schemas"]["Seq"] | null;
            /** @description The digest of the last sealed block. */
            readonly chainHead: string | null;
        };
        /**
         * Format: date
         * @description A day in the ledger’s time zone.
         * @example 2026-11-24
         */
        readonly Day: string;
        readonly TrialBalanceRow: {
            readonly account: string;
            readonly name: string;
            /** @enum {string} */
            readonly type: "asset" | "liability" | "equity" | "revenue" | "expense";
            readonly currency: string;
            readonly opening: components["schemas"]["Money"];
            readonly debit: components["schemas"]["Money"];
            readonly credit: components["schemas"]["Money"];
            readonly closing: components["schemas"]["Money"];
        };
        readonly Statement: {
            readonly items: readonly components["schemas"]["StatementLine"][];
            /** @description Leads to the next page; null where this is the last. */
            readonly nextCursor: string | null;
            readonly account: string;
            readonly currency: string;
        };
        readonly StatementLine: {
            /** @description Its number within the account, from 1, without a gap. */
            readonly sequence: number;
            readonly entryId: string;
            readonly kind: string;
            readonly description: string;
            readonly effectiveAt: components["schemas"]["Instant"];
            readonly bookedAt: components["schemas"]["Instant"];
            /** @enum {string} */
            readonly side: "debit" | "credit";
            /** @description On the account’s normal side: what makes it grow is above zero. */
            readonly amount: components["schemas"]["Money"];
            /** @description What the account held after this line. */
            readonly balance: components["schemas"]["Money"];
            /** @description The entry’s other accounts. */
            readonly counterparts: readonly string[];
        };
        readonly NewWebhookEndpoint: {
            /** Format: uuid */
            readonly endpointId: string;
            readonly sellerId: string | null;
            readonly url: string;
            readonly eventTypes: readonly ("payment.confirmed" | "payment.cancelled")[];
            readonly description: string;
            /** @enum {string} */
            readonly status: "active" | "disabled";
            readonly disabledReason: string | null;
            /** @description Since when nothing has got through. */
            readonly failingSince: components["schemas"]["Instant"] | null;
            readonly createdAt: components["schemas"]["Instant"];
            /**
             * @description What signs what is sent. It is shown once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            readonly secret: string;
        };
        readonly WebhookEndpoint: {
            /** Format: uuid */
            readonly endpointId: string;
            readonly sellerId: string | null;
            readonly url: string;
            readonly eventTypes: readonly ("payment.confirmed" | "payment.cancelled")[];
            readonly description: string;
            /** @enum {string} */
            readonly status: "active" | "disabled";
            readonly disabledReason: string | null;
            /** @description Since when nothing has got through. */
            readonly failingSince: components["schemas"]["Instant"] | null;
            readonly createdAt: components["schemas"]["Instant"];
        };
        readonly RotatedSecret: {
            /**
             * @description What signs what is sent. It is shown once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            readonly secret: string;
            /** @description Until then the secret before it signs as well. */
            readonly oldSecretUntil: components["schemas"]["Instant"];
        };
        readonly Ping: {
            readonly webhookId: string;
        };
        readonly WebhookReplay: {
            readonly queued: number;
        };
        readonly WebhookDelivery: {
            readonly deliveryId: string;
            /** @description The header webhook-id of every attempt. */
            readonly webhookId: string;
            readonly eventType: string;
            readonly seq: string | null;
            /** @enum {string} */
            readonly status: "waiting" | "delivered" | "dead";
            readonly attemptCount: number;
            /** @description When it is sent next. */
            readonly dueAt: components["schemas"]["Instant"] | null;
            /** @description What came of the last attempt. */
            readonly reason: string | null;
            readonly createdAt: components["schemas"]["Instant"];
            readonly finishedAt: components["schemas"]["Instant"] | null;
        };
        readonly WebhookDeliveryDetail: {
            readonly deliveryId: string;
            /** @description The header webhook-id of every attempt. */
            readonly webhookId: string;
            readonly eventType: string;
            readonly seq: string | null;
            /** @enum {string} */
            readonly status: "waiting" | "delivered" | "dead";
            readonly attemptCount: number;
            /** @description When it is sent next. */
            readonly dueAt: components["schemas"]["Instant"] | null;
            /** @description What came of the last attempt. */
            readonly reason: string | null;
            readonly createdAt: components["schemas"]["Instant"];
            readonly finishedAt: components["schemas"]["Instant"] | null;
            /** @description What is sent, byte for byte. */
            readonly body: string;
            readonly attempts: readonly {
                readonly attemptedAt: components["schemas"]["Instant"];
                readonly tookMs: number;
                readonly httpStatus: number | null;
                readonly error: string | null;
            }[];
        };
        readonly RelayStatus: {
            /** @description What the relay reads, or read last; null when none ever has. */
            readonly source: ("kafka" | "embedded") | null;
            readonly lagEvents: number;
            /** @description Age of the oldest event that is neither applied nor in dead letters. */
            readonly lagSeconds: number;
            /** @description The same, dead letters included. */
            readonly oldestUnsettledSeconds: number;
            readonly deadLetters: number;
            /** @description How many events the last transaction took. */
            readonly batchEvents: number;
            /** @description Events that came again after they were applied, and were dropped; from the beginning. */
            readonly duplicatesDropped: number;
            /** @description Who reads which partitions; of the embedded source one leader reads all. */
            readonly relays: readonly {
                /**
                 * @description The process.
                 * @example shop-1:4711
                 */
                readonly relay: string;
                /** @description Whether MySQL hears of it. */
                readonly alive: boolean;
                /** @description `outbox` where MySQL itself is read. */
                readonly topic: string;
                readonly partitions: readonly number[];
                readonly since: components["schemas"]["Instant"];
            }[];
            /** @description Null where there is no Connect. */
            readonly connector: {
                readonly state: string;
                readonly tasks: readonly string[];
            } | null;
            /** @description When MySQL purged binlogs that the connector had not read; null where it never has. */
            readonly binlogLoss: {
                /** Format: date-time */
                readonly purgedAt: string;
                readonly healedAt: string | null;
            } | null;
        };
        readonly ReplayRun: {
            readonly runId: number;
            /** @enum {string} */
            readonly kind: "apply" | "rebuild" | "publish";
            readonly ledger: string;
            readonly source: string;
            readonly fromSeq: components["schemas"]["Seq"];
            readonly toSeq: components["schemas"]["Seq"];
            readonly nextSeq: components["schemas"]["Seq"];
            readonly aggregateId: string | null;
            readonly feePolicy: {
                /** @example 0.05 */
                readonly feeRate: string;
                /** @example 0.05 */
                readonly vatRate: string;
            } | null;
            readonly totalEvents: number;
            readonly counts: {
                readonly events: number;
                readonly applied: number;
                readonly duplicates: number;
                readonly parked: number;
                readonly published: number;
            };
            /** @enum {string} */
            readonly status: "running" | "completed" | "cancelled";
            readonly by: string;
            readonly cancelAskedBy: string | null;
            readonly startedAt: components["schemas"]["Instant"];
            readonly updatedAt: components["schemas"]["Instant"];
            readonly endedAt: components["schemas"]["Instant"] | null;
            /** @description The run has not ended, and no process is at it. */
            readonly interrupted: boolean;
        };
        readonly ProblemPage: {
            readonly code: string;
            readonly status: number;
            readonly title: string;
            /** @description Null where trying again is no use. */
            readonly retryAfterSeconds: number | null;
            readonly when: string | null;
            readonly whatToDo: string | null;
        };
        /** @description A problem by RFC 9457. Some have details beside these members. */
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description Where the problem is explained.
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description For people; it may change. */
            readonly detail: string;
            /** @description The request’s id. */
            readonly instance: string;
            readonly code: components["schemas"]["ProblemCode"];
            /** @description With request_invalid: each field that is wrong. */
            readonly errors?: readonly {
                readonly path: string;
                readonly message: string;
            }[];
            /** @description With stock_insufficient: each kimchi of which less is left than was wanted. */
            readonly shortages?: readonly {
                readonly kimchiId: number;
                readonly wanted: number;
                readonly available: number;
            }[];
            /** @description With payment_refused and cancel_refused: why, as the payment provider’s code. */
            readonly providerCode?: string;
            /** @description The same in its words. */
            readonly providerMessage?: string;
        };
        /** @enum {unknown} */
        readonly ProblemCode: "route_unknown" | "method_not_allowed" | "credentials_missing" | "credentials_invalid" | "role_missing" | "rate_limited" | "headers_too_large" | "request_timed_out" | "session_required" | "request_forged" | "media_type_unsupported" | "body_missing" | "body_too_large" | "json_malformed" | "request_invalid" | "format_unsupported" | "idempotency_conflict" | "idempotency_in_flight" | "cart_unknown" | "member_unknown" | "product_unknown" | "product_unavailable" | "stock_insufficient" | "cart_empty" | "cart_full" | "product_ended" | "product_changed" | "seller_unknown" | "order_unknown" | "payment_unknown" | "log_in_state_invalid" | "log_in_refused" | "log_in_code_invalid" | "log_in_provider_unavailable" | "identity_unknown" | "identity_taken" | "identity_conflict" | "identity_last" | "token_unknown" | "token_limit" | "amount_mismatch" | "payment_in_progress" | "payment_key_used" | "payment_refused" | "payment_provider_unavailable" | "payment_recording_delayed" | "order_already_paid" | "order_cancelled" | "order_expired" | "prices_unavailable" | "payment_not_done" | "payment_cancelled" | "cancel_in_progress" | "cancel_line_unknown" | "cancel_exceeds_refundable" | "cancel_refused" | "endpoint_unknown" | "endpoint_disabled" | "endpoint_limit" | "endpoint_url_refused" | "delivery_unknown" | "notices_too_many" | "cancel_recording_delayed" | "internal_error" | "rate_malformed" | "account_code_malformed" | "account_unknown" | "query_malformed" | "cursor_malformed" | "replay_malformed" | "replay_range_empty" | "replay_running" | "replay_interrupted" | "replay_target_in_use" | "replay_unknown" | "ledger_malformed" | "day_malformed" | "database_busy" | "database_full" | "database_read_only" | "database_unreachable";
    };
    responses: never;
    parameters: {
        /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
        readonly IdempotencyKey: string;
        /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
        readonly IfNoneMatch: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly postApiCheckOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "cartId": 1,
                 *       "kimchiIds": [
                 *         1,
                 *         2,
                 *         3
                 *       ],
                 *       "buyerId": 1
                 *     }
                 */
                readonly "application/json": {
                    readonly cartId: number | string;
                    /** @description What of the catalogue is ordered. Without it, all that lies in the cart. */
                    readonly kimchiIds?: readonly (number | string)[];
                    /** @description The caller, unless an operator orders for a member. */
                    readonly buyerId?: number | string;
                };
            };
        };
        readonly responses: {
            /** @description The order */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Order"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiPaymentsConfirm: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "paymentKey": "tgen_20261123160011ygMWzu8o",
                 *       "orderId": "01a20922-e322-728c-91d7-db1f27ed7f8f",
                 *       "amount": 38000
                 *     }
                 */
                readonly "application/json": {
                    readonly paymentKey: string;
                    readonly orderId: string;
                    readonly amount: number;
                };
            };
        };
        readonly responses: {
            /** @description The payment is done */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the payment, and its address tells how it ended */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiPaymentsPaymentKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly paymentKey: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["PaymentState"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postTestConfirm: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "orderId": "01a20922-e322-728c-91d7-db1f27ed7f8f",
                 *       "memberId": 7,
                 *       "amount": 38000
                 *     }
                 */
                readonly "application/json": {
                    readonly paymentKey?: string;
                    readonly orderId: string;
                    readonly memberId: number | string;
                    readonly amount: number;
                };
            };
        };
        readonly responses: {
            /** @description The payment is done */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the payment, and its address tells how it ended */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiPaymentsPaymentKeyCancel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly paymentKey: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "cancelReason": "단순 변심",
                 *       "cancelAmount": 9000
                 *     }
                 */
                readonly "application/json": {
                    /** @description Why, as the provider and the buyer’s bank show it. */
                    readonly cancelReason: string;
                    /** @description So much of it. Absent: all that is left, of the seller named or of all. */
                    readonly cancelAmount?: number;
                    /** @description Whose part goes back. Absent: every seller’s, pro rata of what each has left. */
                    readonly sellerId?: number | string;
                    /** @description What goes back, at the prices of the order. Instead of cancelAmount. */
                    readonly items?: readonly components["schemas"]["CancelItem"][];
                };
            };
        };
        readonly responses: {
            /** @description The money goes back */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cancellation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the cancel, and the payment tells how it ended */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cancellation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postWebhooksToss: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "eventType": "PAYMENT_STATUS_CHANGED",
                 *       "createdAt": "2026-11-23T16:33:11.000000",
                 *       "data": {
                 *         "paymentKey": "tgen_20261123160011ygMWzu8o",
                 *         "status": "PARTIAL_CANCELED"
                 *       }
                 *     }
                 */
                readonly "application/json": {
                    readonly eventType?: string;
                    readonly orderId?: string;
                    readonly data?: {
                        readonly paymentKey?: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Heard */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiKimchi: {
        readonly parameters: {
            readonly query?: {
                readonly category?: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                /** @description What to look for. */
                readonly q?: string;
                readonly sort?: "newest" | "price_asc" | "price_desc";
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["Kimchi"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiKimchiKimchiId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The kimchi */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Kimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiCart: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The cart */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteApiCart: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The cart as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putApiCartItemsKimchiId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "quantity": 2
                 *     }
                 */
                readonly "application/json": {
                    readonly quantity: number;
                };
            };
        };
        readonly responses: {
            /** @description The cart as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteApiCartItemsKimchiId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The cart as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiOrdersOrderId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly orderId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The order */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OrderState"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiOrders: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["OrderStatus"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiOrdersOrderIdCancel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly orderId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The order as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OrderStatus"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiKimchiKimchiIdLowestPrice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The comparison */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["LowestPrice"];
                    };
                };
            };
            /** @description It is as `If-None-Match` has it */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiSellersSellerIdKimchi: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["OwnKimchi"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiSellersSellerIdKimchi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly sellerId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "name": "포기김치 1kg",
                 *       "price": 14000,
                 *       "category": "cabbage",
                 *       "stock": 100
                 *     }
                 */
                readonly "application/json": {
                    readonly name: string;
                    /** @default  */
                    readonly description?: string;
                    /** @description In won. */
                    readonly price: number;
                    /** @enum {string} */
                    readonly category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                    /** @default false */
                    readonly taxFree?: boolean;
                    /**
                     * @default on_sale
                     * @enum {string}
                     */
                    readonly status?: "on_sale" | "hidden" | "ended";
                    /**
                     * @description How much can be ordered from now on. Null: as much as is wanted.
                     * @default null
                     */
                    readonly stock?: number | null;
                };
            };
        };
        readonly responses: {
            /** @description It is there */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiSellersSellerIdKimchiKimchiId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The kimchi */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly patchApiSellersSellerIdKimchiKimchiId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
                readonly kimchiId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "price": 13500
                 *     }
                 */
                readonly "application/json": {
                    /** @description The version that is changed. */
                    readonly version: number;
                    readonly name?: string;
                    readonly description?: string;
                    /** @description In won. */
                    readonly price?: number;
                    /** @enum {string} */
                    readonly category?: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                    readonly taxFree?: boolean;
                    /** @enum {string} */
                    readonly status?: "on_sale" | "hidden" | "ended";
                    /** @description How much can be ordered from now on. Null: as much as is wanted. */
                    readonly stock?: number | null;
                    /** @description How much more can be ordered, or less: what is sold meanwhile does not disturb it. */
                    readonly addStock?: number;
                };
            };
        };
        readonly responses: {
            /** @description As it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiSellersSellerIdOrders: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["SoldOrder"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiSellersSellerIdOrdersOrderId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
                readonly orderId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The lines */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["SoldOrderDetail"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiOrderFindings: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["OrderFinding"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiOrdersOrderIdSettlement: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly orderId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description How far it is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["OrderSettlement"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiSellersSellerIdWallet: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sellerId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The wallet */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Wallet"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiMe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description You */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Me"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiMembersMemberId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly memberId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putApiMembersMemberIdRolesRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly memberId: number | string;
                readonly role: "seller" | "accountant" | "operator";
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "sellerId": 1,
                 *       "reason": "Contract of 2026-11-20"
                 *     }
                 */
                readonly "application/json": {
                    readonly sellerId?: number | string;
                    readonly reason: string;
                };
            };
        };
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteApiMembersMemberIdRolesRole: {
        readonly parameters: {
            readonly query: {
                readonly reason: string;
            };
            readonly header?: never;
            readonly path: {
                readonly memberId: number | string;
                readonly role: "seller" | "accountant" | "operator";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getAuthProvider: {
        readonly parameters: {
            readonly query?: {
                /** @description Where the browser goes afterwards: a path of this service. */
                readonly returnTo?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly provider: "naver" | "kakao";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The browser goes on */
            readonly 303: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getAuthProviderCallback: {
        readonly parameters: {
            readonly query?: {
                readonly code?: string;
                readonly state?: string;
                readonly error?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly provider: "naver" | "kakao";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The browser goes on */
            readonly 303: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiLogOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiMeIdentitiesProvider: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly provider: "naver" | "kakao";
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "returnTo": "/me"
                 *     }
                 */
                readonly "application/json": {
                    /**
                     * @description Where the browser goes afterwards: a path of this service.
                     * @default /
                     */
                    readonly returnTo?: string;
                };
            };
        };
        readonly responses: {
            /** @description Where the browser has to go */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["LinkBegun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteApiMeIdentitiesProvider: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly provider: "naver" | "kakao";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is no longer linked */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiMeTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The tokens that work, newest first */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: readonly components["schemas"]["ApiToken"][];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiMeTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "name": "settlement reader",
                 *       "roles": [
                 *         "accountant"
                 *       ],
                 *       "expiresInDays": 90
                 *     }
                 */
                readonly "application/json": {
                    readonly name: string;
                    readonly roles?: readonly ("buyer" | "seller" | "accountant" | "operator")[];
                    readonly expiresInDays?: number;
                };
            };
        };
        readonly responses: {
            /** @description The token */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["MadeApiToken"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteApiMeTokensTokenId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly tokenId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It works no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiReportsTrialBalance: {
        readonly parameters: {
            readonly query?: {
                /** @description The last effective day that counts, YYYY-MM-DD. */
                readonly asOf?: string;
                /** @description The first day whose turnover is shown; what came before is the opening. */
                readonly from?: string;
                /** @description Leaves out what was booked later. */
                readonly knownAt?: string;
                /** @description json, which is what it is without, or csv. */
                readonly format?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The trial balance */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["TrialBalance"];
                    };
                    readonly "text/csv": string;
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiAccountsCodeStatement: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
                /** @description Which line comes first. */
                readonly order?: "oldest" | "newest";
                /** @description Only what is effective then or later. */
                readonly from?: string;
                /** @description Only what is effective before. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of lines */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Statement"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiWebhookEndpoints: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of endpoints */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["WebhookEndpoint"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiWebhookEndpoints: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "url": "https://merchant.example/webhooks",
                 *       "eventTypes": [
                 *         "payment.confirmed"
                 *       ]
                 *     }
                 */
                readonly "application/json": {
                    /** @description Where it is sent: https, to a public address. In the sandbox also http and this machine. */
                    readonly url: string;
                    /**
                     * @default [
                     *       "payment.confirmed",
                     *       "payment.cancelled"
                     *     ]
                     */
                    readonly eventTypes?: readonly ("payment.confirmed" | "payment.cancelled")[];
                    /** @default  */
                    readonly description?: string;
                    /** @description Whose events. A seller’s own is what a seller gets; an operator who names none gets all. */
                    readonly sellerId?: number | string;
                };
            };
        };
        readonly responses: {
            /** @description The endpoint, and its secret */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["NewWebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiWebhookEndpointsEndpointId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The endpoint */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly patchApiWebhookEndpointsEndpointId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "status": "active"
                 *     }
                 */
                readonly "application/json": {
                    /** @description Where it is sent: https, to a public address. In the sandbox also http and this machine. */
                    readonly url?: string;
                    readonly eventTypes?: readonly ("payment.confirmed" | "payment.cancelled")[];
                    readonly description?: string;
                    /** @enum {string} */
                    readonly status?: "active" | "disabled";
                };
            };
        };
        readonly responses: {
            /** @description The endpoint as it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiWebhookEndpointsEndpointIdRotateSecret: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The new secret, shown once */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["RotatedSecret"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiWebhookEndpointsEndpointIdPing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is sent */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["Ping"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiWebhookEndpointsEndpointIdReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "since": "2026-11-23T00:00:00Z"
                 *     }
                 */
                readonly "application/json": {
                    /** @description The first event by its place in the outbox. */
                    readonly fromSeq?: string;
                    /**
                     * Format: date-time
                     * @description The first event by its time.
                     */
                    readonly since?: string;
                };
            };
        };
        readonly responses: {
            /** @description It is sent */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiWebhookEndpointsEndpointIdDeliveries: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items at most. */
                readonly limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                readonly cursor?: string;
                readonly status?: "waiting" | "delivered" | "dead";
            };
            readonly header?: never;
            readonly path: {
                readonly endpointId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of deliveries */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            readonly items: readonly components["schemas"]["WebhookDelivery"][];
                            /** @description Leads to the next page; null where this is the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiWebhookEndpointsEndpointIdDeliveriesDeliveryId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpointId: string;
                readonly deliveryId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The delivery */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["WebhookDeliveryDetail"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiWebhookEndpointsEndpointIdDeliveriesDeliveryIdRedeliver: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path: {
                readonly endpointId: string;
                readonly deliveryId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is sent */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiRelayStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The relay’s state */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["RelayStatus"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postApiRelayReplays: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                readonly "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "from": "1"
                 *     }
                 */
                readonly "application/json": {
                    /**
                     * @description An outbox seq, an instant or topic:partition:offset.
                     * @example 1
                     */
                    readonly from?: string;
                    /**
                     * @description An outbox seq, an instant or topic:partition:offset.
                     * @example 1
                     */
                    readonly to?: string;
                    /** @description Only events of this one. */
                    readonly aggregateId?: string;
                    /** @description The fresh ledger to rebuild the books in. */
                    readonly into?: string;
                    readonly feePolicy?: {
                        /** @example 0.05 */
                        readonly feeRate: string;
                        /** @example 0.05 */
                        readonly vatRate: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The run has begun */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["ReplayRun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getApiRelayReplaysRunId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly runId: number | string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The run */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["ReplayRun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In Prometheus’ format */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHealthLive: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            /** @constant */
                            readonly status: "live";
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHealthReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: {
                            /** @constant */
                            readonly status: "ready";
                            /** @description Of what the api calls; none of them makes it less ready, since no other process would get through either. */
                            readonly breakers: {
                                readonly [key: string]: "closed" | "open" | "half-open";
                            };
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getProblemsCode: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description When it comes, and what to do */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly result: components["schemas"]["ProblemPage"];
                    };
                    readonly "text/html": string;
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOpenapiJson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Record<string, never>;
                };
            };
            /** @description The client has this already, as its If-None-Match says */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getDocs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getDocsAssetsName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
                readonly "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/css": string;
                    readonly "text/javascript": string;
                };
            };
            /** @description The client has this already, as its If-None-Match says */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
