import {
  BrokenCircuitError,
  type Event,
  EventEmitter,
  type FailureReason,
  type IDefaultPolicyContext,
  type IFailureEvent,
  type IPolicy,
  type ISuccessEvent,
  type Policy,
} from 'cockatiel';
import type { WindowCounts } from './call-window.ts';
import { type BreakerSettings, completeSettings } from './settings.ts';
import { type BreakerState, createStateMachine, type Transition } from './state-machine.ts';
import { type Schedule, scheduleByTimer, wakeAt } from './wake.ts';

export interface BreakerOptions extends Partial<BreakerSettings> {
  /**
   * Which outcomes say nothing of the other side, such as its no to a malformed question: the call counts as if it had not been
   * made. What is neither ignored nor handled by the policy counts as a success.
   */
  readonly ignores?: (reason: FailureReason<unknown>) => boolean;
  /** A clock in ms that never goes back; `performance.now` unless told. */
  readonly now?: () => number;
  /** `setTimeout` unless told. */
  readonly schedule?: Schedule;
}

/** What a call that is not made is answered with. cockatiel's `BrokenCircuitError`, so that its policies know it. */
export class BreakerRejectedError extends BrokenCircuitError {
  readonly state: BreakerState;

  constructor(state: BreakerState) {
    super(`The call was not made, because the breaker is ${state}.`);
    this.name = 'BreakerRejectedError';
    this.state = state;
  }
}

export type CountedAs = 'success' | 'failure' | 'ignored';

export interface CallEvent {
  readonly countedAs: CountedAs;
  readonly isSlow: boolean;
  readonly durationMs: number;
}

export interface BreakerSnapshot extends WindowCounts {
  readonly state: BreakerState;
}

/** A circuit breaker over a sliding window of calls, as a policy that cockatiel's `wrap` composes with its own. */
export interface Breaker extends IPolicy {
  readonly onStateChange: Event<Transition>;
  /** Each call that was made, and how it counted. */
  readonly onCall: Event<CallEvent>;
  /** Each call that was not made, and the state that forbade it. */
  readonly onReject: Event<BreakerState>;
  snapshot(): BreakerSnapshot;
  /** Closed, with an empty window. */
  reset(): void;
}

const NEVER_ABORTED = new AbortController().signal;

/**
 * The policy says, by cockatiel's own `handleAll`, `handleWhenResult` and their like, what a failure is. Listeners must not throw.
 * @throws RangeError for settings that cannot be
 */
export function slidingWindowBreaker(policy: Policy, options: BreakerOptions = {}): Breaker {
  const { ignores = () => false, now = monotonicMs, schedule = scheduleByTimer, ...given } = options;
  const settings = completeSettings(given);
  const events = createEmitters();
  const wake = wakeAt(now, schedule, () => machine.state(now()));
  const machine = createStateMachine(settings, (transition) => {
    wake(machine.nextChangeAtMs());
    events.stateChange.emit(transition);
  });

  function countAs(reason: FailureReason<unknown>): CountedAs {
    if (ignores(reason)) return 'ignored';
    const { errorFilter, resultFilter } = policy.options;
    const isFailure = 'error' in reason ? errorFilter(reason.error) : resultFilter(reason.value);
    return isFailure ? 'failure' : 'success';
  }

  async function execute<T>(
    call: (context: IDefaultPolicyContext) => PromiseLike<T> | T,
    signal: AbortSignal = NEVER_ABORTED,
  ): Promise<T> {
    const sinceMs = now();
    const permit = machine.tryAcquire(sinceMs);
    if (permit === undefined) {
      const state = machine.state(sinceMs);
      events.reject.emit(state);
      throw new BreakerRejectedError(state);
    }
    const outcome = await outcomeOf(call, { signal });
    const endMs = now();
    const durationMs = endMs - sinceMs;
    // A permit is given back even where a predicate of the caller's throws.
    let countedAs: CountedAs = 'ignored';
    try {
      countedAs = countAs(outcome);
    } finally {
      if (countedAs === 'ignored') machine.release(permit, endMs);
      else machine.record(permit, { isFailure: countedAs === 'failure', durationMs }, endMs);
    }
    events.tell(outcome, { countedAs, durationMs, isSlow: durationMs >= settings.slowCallMs });
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  return {
    _altReturn: undefined as never,
    onSuccess: events.success.addListener,
    onFailure: events.failure.addListener,
    onStateChange: events.stateChange.addListener,
    onCall: events.call.addListener,
    onReject: events.reject.addListener,
    execute,
    snapshot: () => ({ state: machine.state(now()), ...machine.counts() }),
    reset: () => machine.reset(now()),
  };
}

async function outcomeOf<T>(
  call: (context: IDefaultPolicyContext) => PromiseLike<T> | T,
  context: IDefaultPolicyContext,
): Promise<FailureReason<T>> {
  try {
    return { value: await call(context) };
  } catch (error) {
    return { error };
  }
}

function createEmitters() {
  const emitters = {
    success: new EventEmitter<ISuccessEvent>(),
    failure: new EventEmitter<IFailureEvent>(),
    stateChange: new EventEmitter<Transition>(),
    call: new EventEmitter<CallEvent>(),
    reject: new EventEmitter<BreakerState>(),
  };
  /** As cockatiel's own policies do, an error is told as a failure even where it counts as a success. */
  function tell(reason: FailureReason<unknown>, call: CallEvent): void {
    const { countedAs, durationMs: duration } = call;
    emitters.call.emit(call);
    if (!('error' in reason) && countedAs !== 'failure') emitters.success.emit({ duration });
    else emitters.failure.emit({ duration, handled: countedAs === 'failure', reason });
  }
  return { ...emitters, tell };
}

function monotonicMs(): number {
  return performance.now();
}
