/** Runs `run` after so many ms, and returns what calls it off. */
export type Schedule = (run: () => void, afterMs: number) => () => void;

/** Node fires at once what lies further ahead than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Does not keep the process alive. */
export const scheduleByTimer: Schedule = (run, afterMs) => {
  const timer = setTimeout(run, Math.min(afterMs, LONGEST_TIMER_MS)).unref();
  return () => clearTimeout(timer);
};

/**
 * Keeps one alarm: the function that it returns sets it for an instant, in place of the one before, or takes it away. `run` may set
 * the next one; a timer that fires too early is set again.
 */
export function wakeAt(now: () => number, schedule: Schedule, run: () => void) {
  let callOff = () => {};
  return function set(atMs: number | undefined): void {
    callOff();
    callOff = () => {};
    if (atMs === undefined || atMs === Number.POSITIVE_INFINITY) return;
    const ring = () => (now() < atMs ? set(atMs) : run());
    callOff = schedule(ring, Math.max(0, Math.ceil(atMs - now())));
  };
}
