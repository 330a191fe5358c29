/** So much of a product that is stocked. */
export interface StockItem {
  readonly productId: number;
  readonly quantity: number;
}

/** What an order holds of products that are stocked, in the order of their ids: the order in which their rows are locked. */
export function stockItemsOf(
  lines: readonly (StockItem & { readonly isStocked?: boolean | undefined })[],
): StockItem[] {
  return lines
    .filter(({ isStocked }) => isStocked === true)
    .map(({ productId, quantity }) => ({ productId, quantity }))
    .sort((a, b) => a.productId - b.productId);
}
