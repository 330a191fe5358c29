import { handleWhen } from 'cockatiel';
import {
  type Breaker,
  type BreakerOptions,
  BreakerRejectedError,
  type CallEvent,
  slidingWindowBreaker,
} from '../../src/breaker/breaker.ts';
import type { Transition } from '../../src/breaker/state-machine.ts';

export type Outcome = 'ok' | 'fails' | 'ignored' | 'unhandled' | 'result-fails';

export interface Rig {
  readonly breaker: Breaker;
  readonly transitions: Transition[];
  readonly calls: CallEvent[];
  readonly state: () => string;
  readonly now: () => number;
  /** Sets the clock forward, and fires what is due on the way. */
  pass(ms: number): void;
  /** Makes calls that take `ms` each, one after the other. */
  run(count: number, outcome: Outcome, ms?: number): Promise<void>;
  /** Begins a call, and returns what ends it. */
  begin(): (outcome: Outcome) => Promise<unknown>;
  /** Whether a call is rejected; one that is not is begun and never ends. */
  rejects(): Promise<boolean>;
}

const isNamed = (name: string) => (error: unknown) => error instanceof Error && error.message === name;

/** For tests: a breaker over a clock that only the test moves. */
export function breakerRig(options: BreakerOptions = {}): Rig {
  const clock = manualClock();
  const failing = handleWhen(isNamed('fails')).orWhenResult((value) => value === 'result-fails');
  const breaker = slidingWindowBreaker(failing, {
    now: clock.now,
    schedule: clock.schedule,
    ignores: (reason) => 'error' in reason && isNamed('ignored')(reason.error),
    ...options,
  });
  const transitions: Transition[] = [];
  const calls: CallEvent[] = [];
  breaker.onStateChange((transition) => transitions.push(transition));
  breaker.onCall((call) => calls.push(call));

  function begin() {
    const ends = Promise.withResolvers<string>();
    // A call that is rejected leaves nobody who would take its error.
    ends.promise.catch(() => {});
    const called = breaker.execute(() => ends.promise).catch((error: unknown) => error);
    return async (outcome: Outcome) => {
      if (outcome === 'ok' || outcome === 'result-fails') ends.resolve(outcome);
      else ends.reject(new Error(outcome));
      return await called;
    };
  }
  return {
    breaker,
    transitions,
    calls,
    begin,
    now: clock.now,
    pass: clock.pass,
    state: () => breaker.snapshot().state,
    async run(count, outcome, ms = 0) {
      for (let call = 0; call < count; call++) {
        const end = begin();
        clock.pass(ms);
        await end(outcome);
      }
    },
    async rejects() {
      let isCalled = false;
      const called = breaker.execute(() => {
        isCalled = true;
        return new Promise(() => {});
      });
      if (isCalled) return false;
      return await called.then(
        () => false,
        (error) => error instanceof BreakerRejectedError,
      );
    },
  };
}

function manualClock() {
  let nowMs = 1_000_000;
  const alarms = new Set<{ atMs: number; run: () => void }>();
  return {
    now: () => nowMs,
    schedule(run: () => void, afterMs: number) {
      const alarm = { atMs: nowMs + afterMs, run };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [first] = [...alarms].sort((a, b) => a.atMs - b.atMs);
        if (first === undefined || first.atMs > untilMs) break;
        alarms.delete(first);
        nowMs = first.atMs;
        first.run();
      }
      nowMs = untilMs;
    },
  };
}
