import { isDate } from 'node:util/types';
import { toSqlInstant } from '../database/instants.ts';
import { firstEntryIdAt } from '../journal/entry-id.ts';
import { SLACK_MS } from '../journal/spans.ts';
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
 * A moment as the tables have it. What happened by then is effective at or before `effectiveUpTo`; what was booked by then has an
 * id below `bookedBelow`, because ids begin with the millisecond of booking. The others lie beyond by what order is let slack.
 */
export interface Bounds {
  readonly effectiveUpTo: string;
  readonly bookedBelow: Buffer;
  readonly effectiveSlack: string;
  readonly bookedSlack: Buffer;
}

/** @throws LedgerError `query_malformed` */
export function boundsOf(moment: { effectiveAt?: Date; knownAt?: Date }): Bounds {
  const effectiveMs = instantOf('effectiveAt', moment.effectiveAt);
  const knownMs = instantOf('knownAt', moment.knownAt);
  const effective = (ms: number) => toSqlInstant(new Date(Math.min(ms, LATEST)));
  const booked = (ms: number) => firstEntryIdAt(new Date(ms + 1));
  return {
    effectiveUpTo: effective(effectiveMs),
    bookedBelow: booked(knownMs),
    effectiveSlack: effective(effectiveMs + SLACK_MS),
    bookedSlack: booked(knownMs + SLACK_MS),
  };
}

function instantOf(field: string, instant: Date | undefined): number {
  return instant === undefined ? LATEST : checkInstant(field, instant).getTime();
}

/** @throws LedgerError `query_malformed` */
export function checkInstant(field: string, instant: Date): Date {
  const time = isDate(instant) ? instant.getTime() : Number.NaN;
  if (time >= EARLIEST && time <= LATEST) return instant;
  throw malformedQuery(field, instant, 'is a Date between the years 1000 and 9999');
}
