/** So much of a product that is stocked. */
export interface StockItem {
  readonly productId: number;
  readonly quantity: number;
}

/** What orders hold of products that are stocked, in the order of their ids: the order in which their rows are locked. */
export function stockItemsOf(
  lines: readonly (StockItem & { readonly isStocked?: boolean | undefined })[],
): StockItem[] {
  const quantities = new Map<number, number>();
  for (const { productId, quantity, isStocked } of lines) {
    if (isStocked === true) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities]
    .map(([productId, quantity]) => ({ productId, quantity }))
    .sort((a, b) => a.productId - b.productId);
}
