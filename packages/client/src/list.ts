/** A page of any list. */
interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** Goes from page to page, and asks for the next one when the last is used up. */
export async function* itemsOf(
  readPage: (query: { readonly cursor?: string }) => Promise<unknown>,
): AsyncGenerator<unknown> {
  let query: { readonly cursor?: string } = {};
  for (;;) {
    const { items, nextCursor } = (await readPage(query)) as Page;
    yield* items;
    if (nextCursor === null) return;
    query = { cursor: nextCursor };
  }
}
