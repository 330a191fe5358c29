import type { Lag } from '@jangbu/ledger-core';

const MOST_PATIENCE_MS = 600_000;

/** How long to wait before a source is replaced: twice as long each time that it changed nothing, and ten minutes at most. */
export function patienceMs(silenceMs: number, replacements: number): number {
  return Math.min(Math.max(silenceMs, MOST_PATIENCE_MS), silenceMs * 2 ** replacements);
}

/** Whether events have waited for so long, while nobody, in this process or another, has applied a batch. */
export function isSilent(
  { events, oldestAt, appliedAt }: Pick<Lag, 'events' | 'oldestAt' | 'appliedAt'>,
  now: Date,
  silenceMs: number,
): boolean {
  const isLongAgo = (instant: Date) => now.getTime() - instant.getTime() >= silenceMs;
  return (
    events > 0 && oldestAt !== null && isLongAgo(oldestAt) && (appliedAt === null || isLongAgo(appliedAt))
  );
}
