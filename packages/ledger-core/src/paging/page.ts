import { describeRefused, LedgerError } from '../errors.ts';

const MOST_ROWS = 1_000;
const USUAL_ROWS = 100;
const MOST_CHARACTERS = 1_000;

/** @throws LedgerError `query_malformed` */
export function pageLimit(limit: number = USUAL_ROWS): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= MOST_ROWS) return limit;
  throw malformedQuery('limit', limit, `is a whole number from 1 to ${MOST_ROWS}`);
}

/**
 * For a list that is read whole as a rule, and so has no pages.
 * @throws LedgerError `query_malformed`
 */
export function rowLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw malformedQuery('limit', limit, 'is a whole number above zero');
}

/**
 * A place in a list, as text that its reader hands back and need not understand. It names what it is a place in, so that it is
 * not taken for a place elsewhere, and it holds nothing that moves: it stays good for as long as the list.
 */
export function toCursor(list: readonly string[], place: string): string {
  return Buffer.from(JSON.stringify([...list, place])).toString('base64url');
}

/** @throws LedgerError `cursor_malformed`, also for a cursor of another list */
export function fromCursor(list: readonly string[], cursor: string): string {
  const place = placeOf(cursor);
  if (place !== undefined && toCursor(list, place) === cursor) return place;
  throw malformedCursor(cursor);
}

export function malformedCursor(cursor: unknown): LedgerError {
  return new LedgerError(
    'cursor_malformed',
    'This is no cursor that a page of this list gave; begin without one.',
    { cursor: describeRefused(cursor) },
  );
}

export function malformedQuery(field: string, value: unknown, rule: string): LedgerError {
  return new LedgerError('query_malformed', `${field} ${rule}, not ${describeRefused(value)}.`, { field });
}

function placeOf(cursor: unknown): string | undefined {
  if (typeof cursor !== 'string' || cursor.length > MOST_CHARACTERS) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const place: unknown = Array.isArray(parts) ? parts.at(-1) : undefined;
    return typeof place === 'string' ? place : undefined;
  } catch {
    return undefined;
  }
}
