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
