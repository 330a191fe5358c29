import { isDate } from 'node:util/types';
import { toSqlInstant } from '../database/instants.ts';
import { firstEntryIdAt } from '../journal/entry-id.ts';
import { malformedQuery } from '../paging/page.ts';

/** Instants as the tables have them: what is effective at `from` or later, and earlier than `before`. */
export interface EffectiveRange {
  readonly from: string;
  readonly before: string;
}

const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** @throws LedgerError `query_malformed` */
export function effectiveRange(from: Date | undefined, to: Date | undefined): EffectiveRange | null {
  if (from === undefined && to === undefined) return null;
  return {
    from: toSqlInstant(from === undefined ? new Date(EARLIEST) : checkInstant('from', from)),
    before: toSqlInstant(to === undefined ? new Date(LATEST) : checkInstant('to', to)),
  };
}

/**
 * What happened up to this instant is effective at or before it.
 * @throws LedgerError `query_malformed`
 */
export function effectiveUpTo(instant: Date | undefined): string {
  return toSqlInstant(instant === undefined ? new Date(LATEST) : checkInstant('effectiveAt', instant));
}

/**
 * What was booked up to this instant has an id below this one: ids begin with the millisecond of booking.
 * @throws LedgerError `query_malformed`
 */
export function bookedBelow(instant: Date | undefined): Buffer {
  if (instant === undefined) return Buffer.alloc(16, 0xff);
  return firstEntryIdAt(new Date(checkInstant('knownAt', instant).getTime() + 1));
}

function checkInstant(field: string, instant: Date): Date {
  const time = isDate(instant) ? instant.getTime() : Number.NaN;
  if (time >= EARLIEST && time <= LATEST) return instant;
  throw malformedQuery(field, instant, 'is a Date between the years 1000 and 9999');
}
