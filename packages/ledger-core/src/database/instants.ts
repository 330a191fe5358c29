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
