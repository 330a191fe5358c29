const FIRST_MS = 100;
const LONGEST_MS = 1_000;

/** Doubles from 100 ms to a second; `random`, from 0 to 1, takes up to half of it off, so that a crowd does not come back as one. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(full * (1 - random / 2));
}
