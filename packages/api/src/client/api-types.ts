// Written by packages/api/scripts/write-api-types.ts from the OpenAPI document, and held to it by a test.

export interface paths {
    "/api/check-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an order at the catalogue’s prices
         * @description A kimchi that comes twice is a quantity of two. What the client says about prices is never read. Stock is reserved until the order is paid, cancelled or expires. Without `kimchiIds` the whole cart is ordered, and is empty then.
         */
        post: operations["postApiCheckOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a payment when the buyer comes back from the payment window
         * @description The payer is the caller, who has ordered. The same confirm again gives the same payment.
         */
        post: operations["postApiPaymentsConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{paymentKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment’s state and its cancels
         * @description Who paid reads their own; accountants and operators read any.
         */
        get: operations["getApiPaymentsPaymentKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a buyer of the sandbox agree, and confirm
         * @description `memberId` is the payer, who need not be the buyer. Without a paymentKey a fresh one is made.
         */
        post: operations["postTestConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{paymentKey}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a payment back, or a part of it
         * @description Any number of parts, one at a time, until nothing is left. Send an Idempotency-Key: without one, the same request again is another cancel. Who paid, who ordered and operators may cancel all of it, sellers their own part.
         */
        post: operations["postApiPaymentsPaymentKeyCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/toss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hear from TossPayments that a payment has changed
         * @description Nothing of the notice is believed but whom to ask about: the payment is looked up at the provider. Every notice is answered alike, whether or not there is such a payment.
         */
        post: operations["postWebhooksToss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kimchi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is on sale
         * @description A search finds each word of `q` anywhere in names and descriptions.
         */
        get: operations["getApiKimchi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kimchi/{kimchiId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one that is on sale */
        get: operations["getApiKimchiKimchiId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the cart, at the catalogue’s prices of now
         * @description The caller’s cart; of somebody who has not logged in, that of the cookie. At log-in it becomes part of the member’s.
         */
        get: operations["getApiCart"];
        put?: never;
        post?: never;
        /** Empty the cart */
        delete: operations["deleteApiCart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cart/items/{kimchiId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make so many of a kimchi lie in the cart
         * @description The caller’s cart; of somebody who has not logged in, that of the cookie. At log-in it becomes part of the member’s.
         */
        put: operations["putApiCartItemsKimchiId"];
        post?: never;
        /** Take a kimchi out of the cart */
        delete: operations["deleteApiCartItemsKimchiId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an order, its state and its payment
         * @description A buyer reads its own; accountants and operators read any.
         */
        get: operations["getApiOrdersOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller’s orders, newest first */
        get: operations["getApiOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call off an order that awaits payment
         * @description Its stock is given back. One that is cancelled already stays so. A paid order is cancelled with its payment.
         */
        post: operations["postApiOrdersOrderIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kimchi/{kimchiId}/lowest-price": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a kimchi’s price
         * @description Beside the same kind of kimchi elsewhere, by weight. Where the price source is slow or down, the answer is an older one or the mall’s own, and says so.
         */
        get: operations["getApiKimchiKimchiIdLowestPrice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sellers/{sellerId}/kimchi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a seller’s own kimchi, newest first, whatever its status */
        get: operations["getApiSellersSellerIdKimchi"];
        put?: never;
        /** Put up a kimchi */
        post: operations["postApiSellersSellerIdKimchi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sellers/{sellerId}/kimchi/{kimchiId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a seller’s own kimchi */
        get: operations["getApiSellersSellerIdKimchiKimchiId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a seller’s own kimchi
         * @description Names the `version` that it changes, so that two who change at once do not undo each other. A price counts from the next check-out; orders that were made keep theirs.
         */
        patch: operations["patchApiSellersSellerIdKimchiKimchiId"];
        trace?: never;
    };
    "/api/sellers/{sellerId}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the paid orders that have lines of a seller, newest first */
        get: operations["getApiSellersSellerIdOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sellers/{sellerId}/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a seller’s lines of a paid order */
        get: operations["getApiSellersSellerIdOrdersOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/order-findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what an operator has to look at, newest first
         * @description Payments that were approved after their order had ended, and what they oversold.
         */
        get: operations["getApiOrderFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{orderId}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an order’s money into the books
         * @description From the payment’s event in the outbox to the entries it became. A buyer follows its own order; accountants and operators follow any, and see the entries.
         */
        get: operations["getApiOrdersOrderIdSettlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sellers/{sellerId}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a seller’s money
         * @description A seller reads its own; accountants and operators read any.
         */
        get: operations["getApiSellersSellerIdWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who you are here */
        get: operations["getApiMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a member and their roles */
        get: operations["getApiMembersMemberId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/{memberId}/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a role to a member
         * @description The role seller names the seller. The member’s sessions end, and the next log-in has the role.
         */
        put: operations["putApiMembersMemberIdRolesRole"];
        post?: never;
        /**
         * Take a role from a member
         * @description The member’s sessions end, and their tokens lose the role.
         */
        delete: operations["deleteApiMembersMemberIdRolesRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log in, or sign up, with Naver or Kakao
         * @description For browsers: sends them to the provider.
         */
        get: operations["getAuthProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from Naver or Kakao
         * @description For browsers: makes a session under a fresh id and goes on. A browser that was begun here and did not get through goes back with the code of the problem as `logInError`; other clients get the problem.
         */
        get: operations["getAuthProviderCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/log-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session
         * @description Needs the session’s X-CSRF-Token. A session that has ended before is ended all the same.
         */
        post: operations["postApiLogOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identities/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link a further way to log in
         * @description Send the browser to the `authorizeUrl` of the answer; it comes back to `returnTo`.
         */
        post: operations["postApiMeIdentitiesProvider"];
        /** Unlink a way to log in, here and at the provider */
        delete: operations["deleteApiMeIdentitiesProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your API tokens */
        get: operations["getApiMeTokens"];
        put?: never;
        /**
         * Make an API token
         * @description It may have all of your roles or some of them; losing a role takes it from your tokens as well.
         */
        post: operations["postApiMeTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens/{tokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API token */
        delete: operations["deleteApiMeTokensTokenId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read every account’s balance, at any date
         * @description Opening and closing are on the account’s normal side.
         */
        get: operations["getApiReportsTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{code}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account’s lines, each with the balance after it
         * @description A seller reads its own accounts; accountants and operators read any.
         */
        get: operations["getApiAccountsCodeStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook endpoints */
        get: operations["getApiWebhookEndpoints"];
        put?: never;
        /**
         * Be told of events at a URL of one’s own
         * @description The secret is in this answer, and in no other.
         */
        post: operations["postApiWebhookEndpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook endpoint */
        get: operations["getApiWebhookEndpointsEndpointId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change, disable or enable a webhook endpoint
         * @description What waits for it goes on waiting while it is disabled. What happens meanwhile is not kept for it: replay it afterwards.
         */
        patch: operations["patchApiWebhookEndpointsEndpointId"];
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description The one before signs beside it for a day, so that receivers can change over.
         */
        post: operations["postApiWebhookEndpointsEndpointIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try an endpoint with something that is no event */
        post: operations["postApiWebhookEndpointsEndpointIdPing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Be told once more of everything from an event or a time on
         * @description Each with the webhook-id that it had, so that a receiver knows what it has.
         */
        post: operations["postApiWebhookEndpointsEndpointIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what an endpoint is sent, newest first */
        get: operations["getApiWebhookEndpointsEndpointIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a delivery, with its attempts */
        get: operations["getApiWebhookEndpointsEndpointIdDeliveriesDeliveryId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery once more */
        post: operations["postApiWebhookEndpointsEndpointIdDeliveriesDeliveryIdRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relay/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far settlement is behind */
        get: operations["getApiRelayStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relay/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a replay of the outbox
         * @description One at a time, in the background. With `into` it rebuilds the books in a fresh ledger.
         */
        post: operations["postApiRelayReplays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relay/replays/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a replay is, or how it ended */
        get: operations["getApiRelayReplaysRunId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read figures of this process */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether the process answers */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether MySQL answers as well */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a problem means */
        get: operations["getProblemsCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this document */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this document as a page */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/assets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a file of the page */
        get: operations["getDocsAssetsName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Order: {
            orderId: string;
            amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            orderName: string;
            buyerId: number;
            cartId: number;
            lines: components["schemas"]["OrderLine"][];
            createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            expiresAt: components["schemas"]["Instant"] | null;
        };
        /**
         * @description Won, as a whole number.
         * @example 38000
         */
        Won: number;
        OrderLine: {
            kimchiId: number;
            sellerId: string;
            name: string;
            quantity: number;
            unitPrice: components["schemas"]["Won"];
            amount: components["schemas"]["Won"];
            taxFree: boolean;
        };
        /**
         * Format: date-time
         * @description An instant in UTC.
         * @example 2026-11-23T16:00:10.646Z
         */
        Instant: string;
        Confirmation: {
            paymentKey: string;
            orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            refunded: components["schemas"]["Won"];
            currency: string;
            payerId: number;
            method: string | null;
            approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            failure: {
                code: string;
                message: string | null;
            } | null;
            /** @description Whether the payment was done before this request. */
            replayed: boolean;
        };
        PaymentState: {
            paymentKey: string;
            orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            refunded: components["schemas"]["Won"];
            currency: string;
            payerId: number;
            method: string | null;
            approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            failure: {
                code: string;
                message: string | null;
            } | null;
            /** @description Those under way or done, in their order. */
            cancels: components["schemas"]["Cancel"][];
        };
        Cancel: {
            cancelId: string;
            paymentKey: string;
            orderId: string;
            /**
             * @description cancelling: the provider is being asked. done: the money goes back.
             * @enum {string}
             */
            status: "cancelling" | "done" | "refused" | "released";
            amount: components["schemas"]["Won"];
            /** @description What of the payment is left to give back after it. */
            refundable: components["schemas"]["Won"];
            reason: string;
            /** @description What each seller gives back. */
            shares: {
                sellerId: string;
                amount: components["schemas"]["Won"];
            }[];
            items: {
                kimchiId: number;
                quantity: number;
            }[] | null;
            /** @description The member; null where it was made at the provider. */
            askedBy: number | null;
            /** @description The provider’s name for it. */
            transactionKey: string | null;
            cancelledAt: components["schemas"]["Instant"] | null;
        };
        CancelItem: {
            kimchiId: number | string;
            quantity: number;
        };
        Cancellation: {
            cancelId: string;
            paymentKey: string;
            orderId: string;
            /**
             * @description cancelling: the provider is being asked. done: the money goes back.
             * @enum {string}
             */
            status: "cancelling" | "done" | "refused" | "released";
            amount: components["schemas"]["Won"];
            /** @description What of the payment is left to give back after it. */
            refundable: components["schemas"]["Won"];
            reason: string;
            /** @description What each seller gives back. */
            shares: {
                sellerId: string;
                amount: components["schemas"]["Won"];
            }[];
            items: {
                kimchiId: number;
                quantity: number;
            }[] | null;
            /** @description The member; null where it was made at the provider. */
            askedBy: number | null;
            /** @description The provider’s name for it. */
            transactionKey: string | null;
            cancelledAt: components["schemas"]["Instant"] | null;
            /** @description Whether the same request had asked for it before. */
            replayed: boolean;
        };
        Kimchi: {
            kimchiId: number;
            sellerId: string;
            sellerName: string;
            name: string;
            description: string;
            price: components["schemas"]["Won"];
            /** @enum {string} */
            category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
            taxFree: boolean;
            /** @description How much can be ordered. Null: as much as is wanted. */
            available: number | null;
        };
        Cart: {
            /** @description Null until something is put in. */
            cartId: number | null;
            items: {
                kimchiId: number;
                name: string;
                sellerId: string;
                sellerName: string;
                unitPrice: components["schemas"]["Won"];
                quantity: number;
                amount: components["schemas"]["Won"];
                /**
                 * @description `short`: less is left than lies here. `gone`: it is sold out, or not on sale.
                 * @enum {string}
                 */
                availability: "available" | "short" | "gone";
                /** @description How much is left. Null: as much as is wanted. */
                available: number | null;
            }[];
            /** @description The sum of what is available. */
            amount: components["schemas"]["Won"];
        };
        OrderState: {
            orderId: string;
            amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            orderName: string;
            buyerId: number;
            cartId: number;
            lines: components["schemas"]["OrderLine"][];
            createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            expiresAt: components["schemas"]["Instant"] | null;
            /** @enum {string} */
            status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
            /** @description Null while no payment is under way or done. */
            payment: components["schemas"]["Payment"] | null;
        };
        Payment: {
            paymentKey: string;
            orderId: string;
            /**
             * @description confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.
             * @enum {string}
             */
            status: "confirming" | "done" | "partially_cancelled" | "cancelled" | "refused" | "released";
            amount: components["schemas"]["Won"];
            /** @description What of it has gone back. */
            refunded: components["schemas"]["Won"];
            currency: string;
            payerId: number;
            method: string | null;
            approvedAt: components["schemas"]["Instant"] | null;
            /** @description Why the provider refused, in its words. */
            failure: {
                code: string;
                message: string | null;
            } | null;
        };
        OrderStatus: {
            orderId: string;
            amount: components["schemas"]["Won"];
            /** @description The part of the amount that bears no VAT. */
            taxFreeAmount: components["schemas"]["Won"];
            /** @constant */
            currency: "KRW";
            /** @description What the buyer reads in the payment window. */
            orderName: string;
            buyerId: number;
            cartId: number;
            lines: components["schemas"]["OrderLine"][];
            createdAt: components["schemas"]["Instant"];
            /** @description When it expires unless it is paid. Null for orders of before they did. */
            expiresAt: components["schemas"]["Instant"] | null;
            /** @enum {string} */
            status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
        };
        LowestPrice: {
            kimchiId: number;
            name: string;
            /** @constant */
            currency: "KRW";
            ourPrice: components["schemas"]["Won"];
            /** @description What ours weighs, by its name. */
            grams: number | null;
            /** @description The cheapest elsewhere, by weight. */
            lowest: components["schemas"]["PriceListing"] | null;
            /** @description How much ours costs more than the lowest elsewhere; below zero where ours is the cheapest. */
            difference: components["schemas"]["Won"] | null;
            /** @description The cheapest first, ten at most. */
            listings: components["schemas"]["PriceListing"][];
            /** @description How many were found. */
            listingCount: number;
            /** @enum {string} */
            source: "naver-shopping" | "mall";
            /** @description Whether the source could not be asked, and this is older, or of another source. */
            degraded: boolean;
            degradedBecause: ("source_slow" | "source_failed" | "source_paused" | "source_busy" | "source_refused" | "source_limit") | null;
            /** @description When the source told it. */
            asOf: components["schemas"]["Instant"];
            ageSeconds: number;
        };
        PriceListing: {
            /** @description Plain text, as somebody else wrote it. */
            title: string;
            /** @description The shop that sells it. */
            mallName: string;
            price: components["schemas"]["Won"];
            /** @description How much one gets, where the title says so plainly. */
            grams: number | null;
            /** @description What as much as ours weighs would cost. Null where a weight is not known. */
            priceForOurWeight: components["schemas"]["Won"] | null;
            url: string | null;
            imageUrl: string | null;
            /** @description Of the mall’s own listings. */
            kimchiId: number | null;
        };
        OwnKimchi: {
            kimchiId: number;
            sellerId: string;
            sellerName: string;
            name: string;
            description: string;
            price: components["schemas"]["Won"];
            /** @enum {string} */
            category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
            taxFree: boolean;
            /** @description How much can be ordered. Null: as much as is wanted. */
            available: number | null;
            /** @enum {string} */
            status: "on_sale" | "hidden" | "ended";
            version: number;
            stock: {
                available: number;
                /** @description Held by orders that await payment. */
                reserved: number;
                sold: number;
                /** @description Sold without being there, by payments that came after their order had ended. */
                oversold: number;
            } | null;
            createdAt: components["schemas"]["Instant"];
            changedAt: components["schemas"]["Instant"];
        };
        SoldOrder: {
            orderId: string;
            /**
             * @description Of the whole order.
             * @enum {string}
             */
            status: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
            /** @description The seller’s own lines. */
            lines: components["schemas"]["OrderLine"][];
            /** @description The sum of the seller’s own lines. */
            amount: components["schemas"]["Won"];
            createdAt: components["schemas"]["Instant"];
        };
        OrderFinding: {
            findingId: number;
            /** @enum {string} */
            kind: "paid_after_end" | "paid_twice" | "oversold";
            orderId: string;
            paymentKey: string;
            details: {
                [key: string]: unknown;
            };
            noticedAt: components["schemas"]["Instant"];
        };
        OrderSettlement: {
            orderId: string;
            /** @description The earliest first; none before it is paid. */
            events: components["schemas"]["SettlementEvent"][];
        };
        SettlementEvent: {
            seq: components["schemas"]["Seq"];
            /** @description PaymentConfirmed, or PaymentCancelled. */
            eventType: string;
            /** @description With the payment, in one transaction. */
            writtenAt: components["schemas"]["Instant"];
            /**
             * @description held: it waits in dead letters until somebody sees to it.
             * @enum {string}
             */
            state: "waiting" | "applied" | "held" | "discarded";
            /** @description When its entries were booked. */
            appliedAt: components["schemas"]["Instant"] | null;
            /** @description How it came to the ledger. */
            source: ("kafka" | "embedded") | null;
            entryCount: number;
            /** @description For accountants and operators; null for others, whom fees are no business of. */
            entries: components["schemas"]["SettlementEntry"][] | null;
        };
        /**
         * @description An event’s place in the outbox.
         * @example 1000
         */
        Seq: string;
        SettlementEntry: {
            entryId: string;
            description: string;
            bookedAt: components["schemas"]["Instant"];
            lines: {
                account: string;
                /** @enum {string} */
                side: "debit" | "credit";
                amount: components["schemas"]["Money"];
            }[];
        };
        /**
         * @description An amount in major units, as text.
         * @example 36000
         */
        Money: string;
        Wallet: {
            sellerId: string;
            currency: string;
            /** @description Earned, and not yet released. */
            pending: components["schemas"]["Money"];
            /** @description Released, to be paid out. */
            available: components["schemas"]["Money"];
            /** @description Held back, for instance for a dispute. */
            onHold: components["schemas"]["Money"];
            /** @description What the seller owes the platform. */
            owed: components["schemas"]["Money"];
        };
        Me: {
            memberId: number;
            name: string;
            roles: ("buyer" | "seller" | "accountant" | "operator")[];
            sellerId: string | null;
            identities: {
                /** @enum {string} */
                provider: "naver" | "kakao";
                linkedAt: components["schemas"]["Instant"];
            }[];
            /** @description Sent as X-CSRF-Token by a page that changes something; null without a session. */
            csrfToken: string | null;
        };
        Member: {
            memberId: number;
            name: string;
            roles: {
                /** @enum {string} */
                role: "seller" | "accountant" | "operator";
                sellerId: string | null;
            }[];
        };
        LinkBegun: {
            authorizeUrl: string;
        };
        MadeApiToken: {
            tokenId: number;
            name: string;
            /** @description The first characters of the token. */
            hint: string;
            roles: ("buyer" | "seller" | "accountant" | "operator")[];
            createdAt: components["schemas"]["Instant"];
            expiresAt: components["schemas"]["Instant"] | null;
            /** @description To the minute. */
            lastUsedAt: components["schemas"]["Instant"] | null;
            /** @description Shown this once; it is not stored. */
            token: string;
        };
        ApiToken: {
            tokenId: number;
            name: string;
            /** @description The first characters of the token. */
            hint: string;
            roles: ("buyer" | "seller" | "accountant" | "operator")[];
            createdAt: components["schemas"]["Instant"];
            expiresAt: components["schemas"]["Instant"] | null;
            /** @description To the minute. */
            lastUsedAt: components["schemas"]["Instant"] | null;
        };
        TrialBalance: {
            ledger: string;
            asOf: components["schemas"]["Day"];
            knownAt: components["schemas"]["Instant"];
            rows: components["schemas"]["TrialBalanceRow"][];
            /** @description The closing balances by side; equal in sound books. */
            totals: {
                currency: string;
                debit: components["schemas"]["Money"];
                credit: components["schemas"]["Money"];
            }[];
            /** @description The last event whose effect is in these figures. */
            outboxSeq: components["schemas"]["Seq"] | null;
            /** @description The digest of the last sealed block. */
            chainHead: string | null;
        };
        /**
         * Format: date
         * @description A day in the ledger’s time zone.
         * @example 2026-11-24
         */
        Day: string;
        TrialBalanceRow: {
            account: string;
            name: string;
            /** @enum {string} */
            type: "asset" | "liability" | "equity" | "revenue" | "expense";
            currency: string;
            opening: components["schemas"]["Money"];
            debit: components["schemas"]["Money"];
            credit: components["schemas"]["Money"];
            closing: components["schemas"]["Money"];
        };
        Statement: {
            items: components["schemas"]["StatementLine"][];
            /** @description Leads to the next page; null where this is the last. */
            nextCursor: string | null;
            account: string;
            currency: string;
        };
        StatementLine: {
            /** @description Its number within the account, from 1, without a gap. */
            sequence: number;
            entryId: string;
            kind: string;
            description: string;
            effectiveAt: components["schemas"]["Instant"];
            bookedAt: components["schemas"]["Instant"];
            /** @enum {string} */
            side: "debit" | "credit";
            /** @description On the account’s normal side: what makes it grow is above zero. */
            amount: components["schemas"]["Money"];
            /** @description What the account held after this line. */
            balance: components["schemas"]["Money"];
            /** @description The entry’s other accounts. */
            counterparts: string[];
        };
        NewWebhookEndpoint: {
            /** Format: uuid */
            endpointId: string;
            sellerId: string | null;
            url: string;
            eventTypes: ("payment.confirmed" | "payment.cancelled")[];
            description: string;
            /** @enum {string} */
            status: "active" | "disabled";
            disabledReason: string | null;
            /** @description Since when nothing has got through. */
            failingSince: components["schemas"]["Instant"] | null;
            createdAt: components["schemas"]["Instant"];
            /**
             * @description What signs what is sent. It is shown once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        WebhookEndpoint: {
            /** Format: uuid */
            endpointId: string;
            sellerId: string | null;
            url: string;
            eventTypes: ("payment.confirmed" | "payment.cancelled")[];
            description: string;
            /** @enum {string} */
            status: "active" | "disabled";
            disabledReason: string | null;
            /** @description Since when nothing has got through. */
            failingSince: components["schemas"]["Instant"] | null;
            createdAt: components["schemas"]["Instant"];
        };
        RotatedSecret: {
            /**
             * @description What signs what is sent. It is shown once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
            /** @description Until then the secret before it signs as well. */
            oldSecretUntil: components["schemas"]["Instant"];
        };
        Ping: {
            webhookId: string;
        };
        WebhookReplay: {
            queued: number;
        };
        WebhookDelivery: {
            deliveryId: string;
            /** @description The header webhook-id of every attempt. */
            webhookId: string;
            eventType: string;
            seq: string | null;
            /** @enum {string} */
            status: "waiting" | "delivered" | "dead";
            attemptCount: number;
            /** @description When it is sent next. */
            dueAt: components["schemas"]["Instant"] | null;
            /** @description What came of the last attempt. */
            reason: string | null;
            createdAt: components["schemas"]["Instant"];
            finishedAt: components["schemas"]["Instant"] | null;
        };
        WebhookDeliveryDetail: {
            deliveryId: string;
            /** @description The header webhook-id of every attempt. */
            webhookId: string;
            eventType: string;
            seq: string | null;
            /** @enum {string} */
            status: "waiting" | "delivered" | "dead";
            attemptCount: number;
            /** @description When it is sent next. */
            dueAt: components["schemas"]["Instant"] | null;
            /** @description What came of the last attempt. */
            reason: string | null;
            createdAt: components["schemas"]["Instant"];
            finishedAt: components["schemas"]["Instant"] | null;
            /** @description What is sent, byte for byte. */
            body: string;
            attempts: {
                attemptedAt: components["schemas"]["Instant"];
                tookMs: number;
                httpStatus: number | null;
                error: string | null;
            }[];
        };
        RelayStatus: {
            /** @description What the relay last read; null when it never has. */
            source: ("kafka" | "embedded") | null;
            lagEvents: number;
            /** @description Age of the oldest event that is neither applied nor in dead letters. */
            lagSeconds: number;
            /** @description The same, dead letters included. */
            oldestUnsettledSeconds: number;
            deadLetters: number;
            /** @description Null where there is no Connect. */
            connector: {
                state: string;
                tasks: string[];
            } | null;
            /** @description When MySQL purged binlogs that the connector had not read; null where it never has. */
            binlogLoss: {
                /** Format: date-time */
                purgedAt: string;
                healedAt: string | null;
            } | null;
        };
        ReplayRun: {
            runId: number;
            /** @enum {string} */
            kind: "apply" | "rebuild" | "publish";
            ledger: string;
            source: string;
            fromSeq: components["schemas"]["Seq"];
            toSeq: components["schemas"]["Seq"];
            nextSeq: components["schemas"]["Seq"];
            aggregateId: string | null;
            feePolicy: {
                /** @example 0.05 */
                feeRate: string;
                /** @example 0.05 */
                vatRate: string;
            } | null;
            totalEvents: number;
            counts: {
                events: number;
                applied: number;
                duplicates: number;
                parked: number;
                published: number;
            };
            /** @enum {string} */
            status: "running" | "completed" | "cancelled";
            by: string;
            cancelAskedBy: string | null;
            startedAt: components["schemas"]["Instant"];
            updatedAt: components["schemas"]["Instant"];
            endedAt: components["schemas"]["Instant"] | null;
            /** @description The run has not ended, and no process is at it. */
            interrupted: boolean;
        };
        ProblemPage: {
            code: string;
            status: number;
            title: string;
            /** @description Null where trying again is no use. */
            retryAfterSeconds: number | null;
            when: string | null;
            whatToDo: string | null;
        };
        /** @description A problem by RFC 9457. Some have details beside these members. */
        Problem: {
            /**
             * Format: uri-reference
             * @description Where the problem is explained.
             */
            type: string;
            title: string;
            status: number;
            /** @description For people; it may change. */
            detail: string;
            /** @description The request’s id. */
            instance: string;
            /** @description For programs; it does not change. */
            code: string;
            /** @description With request_invalid: each field that is wrong. */
            errors?: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: {
        /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
        IdempotencyKey: string;
        /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    postApiCheckOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
                "application/json": {
                    cartId: number | string;
                    /** @description What of the catalogue is ordered. Without it, all that lies in the cart. */
                    kimchiIds?: (number | string)[];
                    /** @description The caller, unless an operator orders for a member. */
                    buyerId?: number | string;
                };
            };
        };
        responses: {
            /** @description The order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Order"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiPaymentsConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "paymentKey": "tgen_20261123160011ygMWzu8o",
                 *       "orderId": "01a20922-e322-728c-91d7-db1f27ed7f8f",
                 *       "amount": 38000
                 *     }
                 */
                "application/json": {
                    paymentKey: string;
                    orderId: string;
                    amount: number;
                };
            };
        };
        responses: {
            /** @description The payment is done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the payment, and its address tells how it ended */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiPaymentsPaymentKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["PaymentState"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTestConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderId": "01a20922-e322-728c-91d7-db1f27ed7f8f",
                 *       "memberId": 7,
                 *       "amount": 38000
                 *     }
                 */
                "application/json": {
                    paymentKey?: string;
                    orderId: string;
                    memberId: number | string;
                    amount: number;
                };
            };
        };
        responses: {
            /** @description The payment is done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the payment, and its address tells how it ended */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Confirmation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiPaymentsPaymentKeyCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                paymentKey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cancelReason": "단순 변심",
                 *       "cancelAmount": 9000
                 *     }
                 */
                "application/json": {
                    /** @description Why, as the provider and the buyer’s bank show it. */
                    cancelReason: string;
                    /** @description So much of it. Absent: all that is left, of the seller named or of all. */
                    cancelAmount?: number;
                    /** @description Whose part goes back. Absent: every seller’s, pro rata of what each has left. */
                    sellerId?: number | string;
                    /** @description What goes back, at the prices of the order. Instead of cancelAmount. */
                    items?: components["schemas"]["CancelItem"][];
                };
            };
        };
        responses: {
            /** @description The money goes back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cancellation"];
                    };
                };
            };
            /** @description The provider did not say what it did; recovery finishes the cancel, and the payment tells how it ended */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cancellation"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksToss: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
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
                "application/json": {
                    eventType?: string;
                    orderId?: string;
                    data?: {
                        paymentKey?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Heard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKimchi: {
        parameters: {
            query?: {
                category?: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                /** @description What to look for. */
                q?: string;
                sort?: "newest" | "price_asc" | "price_desc";
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["Kimchi"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKimchiKimchiId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kimchi */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Kimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cart */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cart as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putApiCartItemsKimchiId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 2
                 *     }
                 */
                "application/json": {
                    quantity: number;
                };
            };
        };
        responses: {
            /** @description The cart as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiCartItemsKimchiId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cart as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Cart"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiOrdersOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OrderState"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiOrders: {
        parameters: {
            query?: {
                status?: "awaiting_payment" | "paid" | "partially_cancelled" | "cancelled" | "expired";
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["OrderStatus"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiOrdersOrderIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OrderStatus"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKimchiKimchiIdLowestPrice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["LowestPrice"];
                    };
                };
            };
            /** @description It is as `If-None-Match` has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiSellersSellerIdKimchi: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path: {
                sellerId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["OwnKimchi"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiSellersSellerIdKimchi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                sellerId: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "포기김치 1kg",
                 *       "price": 14000,
                 *       "category": "cabbage",
                 *       "stock": 100
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @description In won. */
                    price: number;
                    /** @enum {string} */
                    category: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                    /** @default false */
                    taxFree?: boolean;
                    /**
                     * @default on_sale
                     * @enum {string}
                     */
                    status?: "on_sale" | "hidden" | "ended";
                    /**
                     * @description How much can be ordered from now on. Null: as much as is wanted.
                     * @default null
                     */
                    stock?: number | null;
                };
            };
        };
        responses: {
            /** @description It is there */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiSellersSellerIdKimchiKimchiId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sellerId: number | string;
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The kimchi */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchApiSellersSellerIdKimchiKimchiId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sellerId: number | string;
                kimchiId: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "price": 13500
                 *     }
                 */
                "application/json": {
                    /** @description The version that is changed. */
                    version: number;
                    name?: string;
                    description?: string;
                    /** @description In won. */
                    price?: number;
                    /** @enum {string} */
                    category?: "cabbage" | "radish" | "water" | "leaf" | "aged" | "other";
                    taxFree?: boolean;
                    /** @enum {string} */
                    status?: "on_sale" | "hidden" | "ended";
                    /** @description How much can be ordered from now on. Null: as much as is wanted. */
                    stock?: number | null;
                    /** @description How much more can be ordered, or less: what is sold meanwhile does not disturb it. */
                    addStock?: number;
                };
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OwnKimchi"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiSellersSellerIdOrders: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path: {
                sellerId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["SoldOrder"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiSellersSellerIdOrdersOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sellerId: number | string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["SoldOrder"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiOrderFindings: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["OrderFinding"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiOrdersOrderIdSettlement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["OrderSettlement"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiSellersSellerIdWallet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sellerId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wallet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Wallet"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description You */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Me"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiMembersMemberId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The member */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putApiMembersMemberIdRolesRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: number | string;
                role: "seller" | "accountant" | "operator";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sellerId": 1,
                 *       "reason": "Contract of 2026-11-20"
                 *     }
                 */
                "application/json": {
                    sellerId?: number | string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The member */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiMembersMemberIdRolesRole: {
        parameters: {
            query: {
                reason: string;
            };
            header?: never;
            path: {
                memberId: number | string;
                role: "seller" | "accountant" | "operator";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The member */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Member"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthProvider: {
        parameters: {
            query?: {
                /** @description Where the browser goes afterwards: a path of this service. */
                returnTo?: string;
            };
            header?: never;
            path: {
                provider: "naver" | "kakao";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser goes on */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuthProviderCallback: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                error?: string;
            };
            header?: never;
            path: {
                provider: "naver" | "kakao";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser goes on */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiLogOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiMeIdentitiesProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: "naver" | "kakao";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "returnTo": "/me"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Where the browser goes afterwards: a path of this service.
                     * @default /
                     */
                    returnTo?: string;
                };
            };
        };
        responses: {
            /** @description Where the browser has to go */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["LinkBegun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiMeIdentitiesProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: "naver" | "kakao";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is no longer linked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiMeTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tokens that work, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["ApiToken"][];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiMeTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "settlement reader",
                 *       "roles": [
                 *         "accountant"
                 *       ],
                 *       "expiresInDays": 90
                 *     }
                 */
                "application/json": {
                    name: string;
                    roles?: ("buyer" | "seller" | "accountant" | "operator")[];
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description The token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["MadeApiToken"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiMeTokensTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tokenId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It works no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiReportsTrialBalance: {
        parameters: {
            query?: {
                /** @description The last effective day that counts, YYYY-MM-DD. */
                asOf?: string;
                /** @description The first day whose turnover is shown; what came before is the opening. */
                from?: string;
                /** @description Leaves out what was booked later. */
                knownAt?: string;
                /** @description json, which is what it is without, or csv. */
                format?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trial balance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["TrialBalance"];
                    };
                    "text/csv": string;
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiAccountsCodeStatement: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
                /** @description Which line comes first. */
                order?: "oldest" | "newest";
                /** @description Only what is effective then or later. */
                from?: string;
                /** @description Only what is effective before. */
                to?: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Statement"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["WebhookEndpoint"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://merchant.example/webhooks",
                 *       "eventTypes": [
                 *         "payment.confirmed"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Where it is sent: https, to a public address. In the sandbox also http and this machine. */
                    url: string;
                    /**
                     * @default [
                     *       "payment.confirmed",
                     *       "payment.cancelled"
                     *     ]
                     */
                    eventTypes?: ("payment.confirmed" | "payment.cancelled")[];
                    /** @default  */
                    description?: string;
                    /** @description Whose events. A seller’s own is what a seller gets; an operator who names none gets all. */
                    sellerId?: number | string;
                };
            };
        };
        responses: {
            /** @description The endpoint, and its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["NewWebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiWebhookEndpointsEndpointId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchApiWebhookEndpointsEndpointId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "active"
                 *     }
                 */
                "application/json": {
                    /** @description Where it is sent: https, to a public address. In the sandbox also http and this machine. */
                    url?: string;
                    eventTypes?: ("payment.confirmed" | "payment.cancelled")[];
                    description?: string;
                    /** @enum {string} */
                    status?: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description The endpoint as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["WebhookEndpoint"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiWebhookEndpointsEndpointIdRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret, shown once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["RotatedSecret"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiWebhookEndpointsEndpointIdPing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Ping"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiWebhookEndpointsEndpointIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-23T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description The first event by its place in the outbox. */
                    fromSeq?: string;
                    /**
                     * Format: date-time
                     * @description The first event by its time.
                     */
                    since?: string;
                };
            };
        };
        responses: {
            /** @description It is sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["WebhookReplay"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiWebhookEndpointsEndpointIdDeliveries: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description The `nextCursor` of another page: what comes after it. */
                cursor?: string;
                status?: "waiting" | "delivered" | "dead";
            };
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            items: components["schemas"]["WebhookDelivery"][];
                            /** @description Leads to the next page; null where this is the last. */
                            nextCursor: string | null;
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiWebhookEndpointsEndpointIdDeliveriesDeliveryId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["WebhookDeliveryDetail"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiWebhookEndpointsEndpointIdDeliveriesDeliveryIdRedeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiRelayStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The relay’s state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["RelayStatus"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiRelayReplays: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "1"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description An outbox seq, an instant or topic:partition:offset.
                     * @example 1
                     */
                    from?: string;
                    /**
                     * @description An outbox seq, an instant or topic:partition:offset.
                     * @example 1
                     */
                    to?: string;
                    /** @description Only events of this one. */
                    aggregateId?: string;
                    /** @description The fresh ledger to rebuild the books in. */
                    into?: string;
                    feePolicy?: {
                        /** @example 0.05 */
                        feeRate: string;
                        /** @example 0.05 */
                        vatRate: string;
                    };
                };
            };
        };
        responses: {
            /** @description The run has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["ReplayRun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiRelayReplaysRunId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["ReplayRun"];
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In Prometheus’ format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            /** @constant */
                            status: "live";
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            /** @constant */
                            status: "ready";
                            /** @description What the api calls and can do without for a while; none of them makes it less ready. */
                            breakers: {
                                [key: string]: "closed" | "open" | "half-open";
                            };
                        };
                    };
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblemsCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When it comes, and what to do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["ProblemPage"];
                    };
                    "text/html": string;
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The client has this already, as its If-None-Match says */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocsAssetsName: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an answer that the client has: where it is still the same, the answer is 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                };
            };
            /** @description The client has this already, as its If-None-Match says */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem, which its `code` tells */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
