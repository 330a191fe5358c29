import { type CallWindow, createCallWindow, type WindowCounts } from './call-window.ts';
import type { BreakerSettings } from './settings.ts';

export const BREAKER_STATES = ['closed', 'open', 'half-open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Why a state changed: what the window had come to, that a time was over, or that somebody asked for it. */
export type TransitionReason = 'failure-rate' | 'slow-call-rate' | 'recovered' | 'time' | 'reset';

export interface Transition {
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly reason: TransitionReason;
  /** On the clock that the machine is told the time by. */
  readonly atMs: number;
  /** What the calls of the state that ends had come to. */
  readonly counts: WindowCounts;
}

/** That one call may be made. It belongs to the state that gave it: when that is over, its result counts no more. */
export interface Permit {
  readonly state: BreakerState;
}

/**
 * The breaker's rules alone: it calls nothing, has no clock and no timer, and is told the time by its caller. Every method first
 * makes the changes that time alone brings.
 */
export interface StateMachine {
  state(nowMs: number): BreakerState;
  /** Undefined: the call must not be made. */
  tryAcquire(nowMs: number): Permit | undefined;
  /** Each permit ends once, by `record` or by `release`. */
  record(permit: Permit, call: { isFailure: boolean; durationMs: number }, nowMs: number): void;
  /** Gives back a permit whose call says nothing of the other side: another call may have it. */
  release(permit: Permit, nowMs: number): void;
  reset(nowMs: number): void;
  /** Of the current state; of what opened it, while it is open. */
  counts(): WindowCounts;
  /** When time alone will change the state; undefined where it will not. */
  nextChangeAtMs(): number | undefined;
}

/** A stretch of time in one state. */
interface Period extends Permit {
  readonly window: CallWindow;
  /** Fewer results than this are not judged. */
  readonly minimumCallCount: number;
  readonly endsAtMs: number | undefined;
  /** How many more calls may be made. */
  permitCount: number;
}

export function createStateMachine(
  settings: BreakerSettings,
  onTransition: (transition: Transition) => void = () => {},
): StateMachine {
  /** How often it has opened since it was last closed. */
  let attempt = 0;
  let period = closed();

  function closed(): Period {
    attempt = 0;
    const { windowSize, minimumCallCount } = settings;
    return {
      state: 'closed',
      window: createCallWindow(windowSize),
      minimumCallCount: Math.min(minimumCallCount, windowSize),
      endsAtMs: undefined,
      permitCount: Number.POSITIVE_INFINITY,
    };
  }

  /** Keeps the window of the period before it, so that it can be seen what opened it. */
  function open(nowMs: number): Period {
    attempt += 1;
    const { openMs } = settings;
    const endsAtMs = nowMs + (typeof openMs === 'number' ? openMs : openMs(attempt));
    return { ...period, state: 'open', endsAtMs, permitCount: 0 };
  }

  function halfOpen(nowMs: number): Period {
    const { halfOpenCallCount, halfOpenMaxMs, minimumCallCount } = settings;
    return {
      state: 'half-open',
      window: createCallWindow(halfOpenCallCount),
      minimumCallCount: Math.min(minimumCallCount, halfOpenCallCount),
      endsAtMs: halfOpenMaxMs === 0 ? undefined : nowMs + halfOpenMaxMs,
      permitCount: halfOpenCallCount,
    };
  }

  function enter(next: Period, reason: TransitionReason, atMs: number): void {
    const { state: from, window } = period;
    period = next;
    onTransition({ from, to: next.state, reason, atMs, counts: window.counts() });
  }

  function advance(nowMs: number): void {
    while (period.endsAtMs !== undefined && nowMs >= period.endsAtMs) {
      // Where nobody looked for long, half-open begins now and not then: its calls could not have come.
      if (period.state === 'open') enter(halfOpen(nowMs), 'time', nowMs);
      else enter(open(period.endsAtMs), 'time', period.endsAtMs);
    }
  }

  function judge(nowMs: number): void {
    const exceeded = exceededRate(period.window.counts(), period.minimumCallCount, settings);
    if (exceeded === 'too-few') return;
    if (exceeded !== 'none') enter(open(nowMs), exceeded, nowMs);
    else if (period.state === 'half-open') enter(closed(), 'recovered', nowMs);
  }

  return {
    state(nowMs) {
      advance(nowMs);
      return period.state;
    },
    tryAcquire(nowMs) {
      advance(nowMs);
      if (period.permitCount === 0) return undefined;
      period.permitCount -= 1;
      return period;
    },
    record(permit, { isFailure, durationMs }, nowMs) {
      advance(nowMs);
      if (permit !== period) return;
      period.window.add({ isFailure, isSlow: durationMs >= settings.slowCallMs });
      judge(nowMs);
    },
    release(permit, nowMs) {
      advance(nowMs);
      if (permit === period) period.permitCount += 1;
    },
    reset(nowMs) {
      advance(nowMs);
      enter(closed(), 'reset', nowMs);
    },
    counts: () => period.window.counts(),
    nextChangeAtMs: () => period.endsAtMs,
  };
}

/** Multiplied out, because a rate as a fraction can be a hair below the threshold that it meets. */
function exceededRate(
  { callCount, failureCount, slowCount }: WindowCounts,
  minimumCallCount: number,
  { failureRatePercent, slowCallRatePercent }: BreakerSettings,
): 'too-few' | 'none' | 'failure-rate' | 'slow-call-rate' {
  if (callCount < minimumCallCount) return 'too-few';
  if (failureCount * 100 >= failureRatePercent * callCount) return 'failure-rate';
  if (slowCount * 100 >= slowCallRatePercent * callCount) return 'slow-call-rate';
  return 'none';
}
