/** What sort of kimchi it is. */
export const CATEGORIES = ['cabbage', 'radish', 'water', 'leaf', 'aged', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** `hidden` for a while, `ended` for good; neither can be ordered. */
export const PRODUCT_STATUSES = ['on_sale', 'hidden', 'ended'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** A product as the catalogue has it now. */
export interface CatalogueProduct {
  readonly productId: number;
  readonly sellerId: number;
  readonly sellerName: string;
  readonly name: string;
  readonly description: string;
  /** In won. */
  readonly price: bigint;
  readonly category: Category;
  readonly isTaxFree: boolean;
  readonly status: ProductStatus;
  /** Counts its seller's changes; a sale is none. */
  readonly version: number;
  /** Null: as much as is wanted. */
  readonly stock: Stock | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** How much there is. */
export interface Stock {
  /** What can be ordered. */
  readonly available: number;
  /** Held by orders that await payment. */
  readonly reserved: number;
  readonly sold: number;
  /** What was sold without being there, by payments that came after their order had ended. */
  readonly oversold: number;
}
