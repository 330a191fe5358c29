import { isDate } from 'node:util/types';

/** What a DATETIME holds, less a day at each end for time zones. */
const EARLIEST = Date.UTC(1000, 0, 2);
const LATEST = Date.UTC(9999, 11, 30);

/** Whether this is a Date of the years 1000 to 9999. */
export function isStorableInstant(given: unknown): given is Date {
  const time = isDate(given) ? given.getTime() : Number.NaN;
  return time >= EARLIEST && time <= LATEST;
}

/**
 * Instants travel as text in both directions, so that no setting of the driver's time zone can move them: the ledger works
 * over whatever connection its user brings.
 */
export function toSqlInstant(instant: Date): string {
  const time = instant.getTime();
  if (time !== last.time) last = { time, text: instant.toISOString().replace('T', ' ').replace('Z', '') };
  return last.text;
}

/** The lines of a batch mostly share one instant, and writing it out is a good part of what a line costs. */
let last = { time: Number.NaN, text: '' };

/** Reads what `CAST(column AS CHAR)` gives for a DATETIME(6) in UTC. */
export function fromSqlInstant(text: string): Date {
  return new Date(`${text.replace(' ', 'T').slice(0, 23)}Z`);
}
