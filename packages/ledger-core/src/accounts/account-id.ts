/** 2020-01-01T00:00:00Z, so that 41 bits of milliseconds and 12 random bits stay below 2^53 until 2089. */
const EPOCH_MS = Date.UTC(2020, 0, 1);
const RANDOM_RANGE = 4096;

let last = 0;

/**
 * A number that no account of this database has had, not even one whose transaction was rolled back: a rolled-back number
 * that came again could send money to the wrong account through a cache. Two processes that draw the same number meet
 * at the primary key, and the later one draws again.
 */
export function newAccountId(now: Date): number {
  const drawn = (now.getTime() - EPOCH_MS) * RANDOM_RANGE + Math.floor(Math.random() * RANDOM_RANGE);
  last = Math.max(last + 1, drawn);
  return last;
}
