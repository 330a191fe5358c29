import { LedgerError } from '@jangbu/ledger-core';
import { z } from 'zod';

const USUAL_ITEMS = 20;
const MOST_ITEMS = 100;

/** What a list takes in its query, to be spread into its own: `z.object({ ...pageQuery, search: z.string().optional() })`. */
export const pageQuery = {
  limit: z
    .preprocess(
      (text) => (typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : text),
      z.int(`must be a whole number from 1 to ${MOST_ITEMS}`).min(1).max(MOST_ITEMS),
    )
    .default(USUAL_ITEMS)
    .meta({ type: 'integer', minimum: 1, maximum: MOST_ITEMS, description: 'How many items at most.' }),
  cursor: z
    .string()
    .max(1_000)
    .optional()
    .meta({ description: 'The `nextCursor` of another page: what comes after it.' }),
};

/** What a list answers, as a schema. The item has a name. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Leads to the next page; null where this is the last.' }),
  });
}

/** Places in a list, as text that clients hand back and need not understand. */
export interface Cursors<Place> {
  /** `filter` is what else makes the list what it is: a place in one search is none in another. */
  encode(place: Place, filter?: unknown): string;
  /** @throws LedgerError `cursor_malformed`, also for a cursor of another list or filter */
  decode(cursor: string | undefined, filter?: unknown): Place | undefined;
}

/** @param place what an item is found by: the values of the columns that the list is ordered by, the last of them unique */
export function createCursors<Place>(list: string, place: z.ZodType<Place>): Cursors<Place> {
  const schema = z.tuple([z.literal(list), z.unknown(), place]);
  const encode = (at: Place, filter: unknown = null) =>
    Buffer.from(JSON.stringify([list, filter, at])).toString('base64url');
  return {
    encode,
    decode(cursor, filter = null) {
      if (cursor === undefined) return undefined;
      const result = schema.safeParse(parseJson(cursor));
      // Only what was given out comes back the same.
      if (result.success && encode(result.data[2], filter) === cursor) return result.data[2];
      throw new LedgerError(
        'cursor_malformed',
        'This is no cursor that a page of this list gave; begin without one.',
      );
    },
  };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Makes a page of rows of which one more was read than is wanted: that one tells that there is a next page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { itemOf, cursorOf }: { itemOf: (row: Row) => Item; cursorOf: (row: Row) => string },
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}
