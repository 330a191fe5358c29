const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After each failure so long until the next attempt: eleven attempts over 44 hours. */
const WAITS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  12 * HOUR,
  14 * HOUR,
];

export const MOST_ATTEMPTS = WAITS.length + 1;

/** How long to wait after so many failed attempts; undefined where it is given up. `random`, from 0 to 1, adds up to a fifth. */
export function waitMs(failedAttempts: number, random: number): number | undefined {
  const wait = WAITS[failedAttempts - 1];
  return wait === undefined ? undefined : Math.round(wait * (1 + random / 5));
}

const FIRST_PAUSE_MS = SECOND;
const LONGEST_PAUSE_MS = 5 * MINUTE;

/** How long an endpoint that fails is left alone, whatever waits for it. */
export function pauseMs(failureCount: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, failureCount - 1));
}
