/** What of the API's answers the shop reads. The whole stands in /openapi.json. */

export const CATEGORIES = ['cabbage', 'radish', 'water', 'leaf', 'aged', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Kimchi {
  readonly kimchiId: number;
  readonly sellerId: string;
  readonly sellerName: string;
  readonly name: string;
  readonly description: string;
  readonly price: number;
  readonly category: Category;
  readonly taxFree: boolean;
  /** Null: as much as is wanted. */
  readonly available: number | null;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Me {
  readonly memberId: number;
  readonly name: string;
  readonly roles: readonly string[];
  /** Null without a session. */
  readonly csrfToken: string | null;
}

export interface CartItem {
  readonly kimchiId: number;
  readonly name: string;
  readonly sellerName: string;
  readonly unitPrice: number;
  readonly quantity: number;
  readonly amount: number;
  /** `short`: less is left than lies here. `gone`: it cannot be had. */
  readonly availability: 'available' | 'short' | 'gone';
  readonly available: number | null;
}

export interface Cart {
  readonly cartId: number | null;
  readonly items: readonly CartItem[];
  /** The sum of what is available. */
  readonly amount: number;
}

export interface Listing {
  readonly title: string;
  readonly mallName: string;
  readonly price: number;
  readonly grams: number | null;
  readonly priceForOurWeight: number | null;
  readonly kimchiId: number | null;
}

export interface LowestPrice {
  readonly ourPrice: number;
  readonly grams: number | null;
  readonly lowest: Listing | null;
  /** How much ours costs more; below zero where it is the cheapest. */
  readonly difference: number | null;
  readonly listings: readonly Listing[];
  readonly listingCount: number;
  readonly source: string;
  readonly degraded: boolean;
  readonly ageSeconds: number;
}

export interface OrderLine {
  readonly kimchiId: number;
  readonly sellerId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly amount: number;
}

export interface Payment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly status: 'confirming' | 'done' | 'partially_cancelled' | 'cancelled' | 'refused' | 'released';
  readonly amount: number;
  /** What of it has gone back. */
  readonly refunded: number;
  readonly method: string | null;
  readonly approvedAt: string | null;
}

export interface Order {
  readonly orderId: string;
  readonly amount: number;
  readonly orderName: string;
  readonly lines: readonly OrderLine[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly status: 'awaiting_payment' | 'paid' | 'partially_cancelled' | 'cancelled' | 'expired';
  readonly payment?: Payment | null;
}

export interface SettlementEvent {
  readonly seq: string;
  readonly eventType: string;
  readonly writtenAt: string;
  readonly state: 'waiting' | 'applied' | 'held' | 'discarded';
  readonly appliedAt: string | null;
  readonly source: 'kafka' | 'embedded' | null;
  readonly entryCount: number;
  readonly entries: readonly SettlementEntry[] | null;
}

export interface SettlementEntry {
  readonly entryId: string;
  readonly description: string;
  readonly lines: readonly {
    readonly account: string;
    readonly side: 'debit' | 'credit';
    readonly amount: string;
  }[];
}

export interface Wallet {
  readonly sellerId: string;
  readonly pending: string;
}
