import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BreakerSettings, DEFAULT_SETTINGS } from './settings.ts';
import { createStateMachine, type Permit, type Transition } from './state-machine.ts';

/**
 * The rules once more, as slowly and plainly as they can be said: it remembers every result of the present state and counts what
 * lies within the window anew each time.
 */
class PlainBreaker {
  state = 'closed';
  sinceMs = 0;
  period = 0;
  begun = 0;
  results: { isFailure: boolean; durationMs: number }[] = [];
  readonly settings: BreakerSettings;

  constructor(settings: BreakerSettings) {
    this.settings = settings;
  }

  enter(state: string, nowMs: number): void {
    Object.assign(this, { state, sinceMs: nowMs, period: this.period + 1, begun: 0, results: [] });
  }

  look(nowMs: number): void {
    const { openMs, halfOpenMaxMs } = this.settings;
    const isOver = (ms: number) => nowMs >= this.sinceMs + ms;
    if (this.state === 'half-open' && halfOpenMaxMs > 0 && isOver(halfOpenMaxMs)) {
      this.enter('open', this.sinceMs + halfOpenMaxMs);
    }
    if (this.state === 'open' && isOver(openMs as number)) this.enter('half-open', nowMs);
  }

  acquire(nowMs: number): number | undefined {
    this.look(nowMs);
    if (this.state === 'open') return undefined;
    if (this.state === 'half-open' && this.begun === this.settings.halfOpenCallCount) return undefined;
    this.begun += 1;
    return this.period;
  }

  end(period: number, result: { isFailure: boolean; durationMs: number } | 'ignored', nowMs: number): void {
    this.look(nowMs);
    if (period !== this.period) return;
    if (result === 'ignored') {
      this.begun -= 1;
      return;
    }
    this.results.push(result);
    const size = this.state === 'closed' ? this.settings.windowSize : this.settings.halfOpenCallCount;
    const last = this.results.slice(-size);
    if (last.length < Math.min(size, this.settings.minimumCallCount)) return;
    const percentOf = (part: unknown[]) => (part.length / last.length) * 100;
    const failed = percentOf(last.filter(({ isFailure }) => isFailure));
    const slow = percentOf(last.filter(({ durationMs }) => durationMs >= this.settings.slowCallMs));
    if (failed >= this.settings.failureRatePercent || slow >= this.settings.slowCallRatePercent) {
      this.enter('open', nowMs);
    } else if (this.state === 'half-open') this.enter('closed', nowMs);
  }
}

const settingsArbitrary = fc.record({
  windowSize: fc.integer({ min: 1, max: 12 }),
  minimumCallCount: fc.integer({ min: 1, max: 15 }),
  failureRatePercent: fc.constantFrom(1, 20, 25, 40, 50, 75, 100),
  slowCallMs: fc.constantFrom(0, 100, 1_000, Number.POSITIVE_INFINITY),
  slowCallRatePercent: fc.constantFrom(10, 50, 100),
  openMs: fc.constantFrom(0, 1, 500, 30_000),
  halfOpenCallCount: fc.integer({ min: 1, max: 6 }),
  halfOpenMaxMs: fc.constantFrom(0, 0, 700, 5_000),
});

const stepArbitrary = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'begin' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(20),
      result: fc.oneof(
        fc.constant('ignored' as const),
        fc.record({ isFailure: fc.boolean(), durationMs: fc.constantFrom(0, 99, 100, 999, 1_000, 5_000) }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 400, 30_000) }),
  },
);

type Step = typeof stepArbitrary extends fc.Arbitrary<infer S> ? S : never;

/** The machine and the plain breaker side by side, through the same steps. */
function sideBySide(settings: BreakerSettings) {
  const machine = createStateMachine(settings);
  const plain = new PlainBreaker(settings);
  const underWay: { permit: Permit; period: number }[] = [];
  let nowMs = 0;

  function begin(): void {
    const permit = machine.tryAcquire(nowMs);
    const period = plain.acquire(nowMs);
    expect(permit === undefined).toBe(period === undefined);
    if (permit !== undefined && period !== undefined) underWay.push({ permit, period });
  }

  function end({ which, result }: Step & { kind: 'end' }): void {
    const [ended] = underWay.splice(which % Math.max(1, underWay.length), 1);
    if (ended === undefined) return;
    if (result === 'ignored') machine.release(ended.permit, nowMs);
    else machine.record(ended.permit, result, nowMs);
    plain.end(ended.period, result, nowMs);
  }

  /** The state after the step. */
  return (step: Step): string => {
    if (step.kind === 'pass') nowMs += step.ms;
    else if (step.kind === 'begin') begin();
    else end(step);
    plain.look(nowMs);
    expect(machine.state(nowMs)).toBe(plain.state);
    return plain.state;
  };
}

it('does what the rules say, whatever is called, ends and passes', () => {
  const states = new Set<string>();
  fc.assert(
    fc.property(settingsArbitrary, fc.array(stepArbitrary, { maxLength: 150 }), (settings, steps) => {
      const take = sideBySide(settings);
      for (const step of steps) states.add(take(step));
    }),
    { numRuns: 2_000, seed: 20_261_126 },
  );
  expect([...states].sort()).toEqual(['closed', 'half-open', 'open']);
});

it('tells each change once, each from where the one before led', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (failures) => {
      const transitions: Transition[] = [];
      const machine = createStateMachine(DEFAULT_SETTINGS, (transition) => transitions.push(transition));
      let nowMs = 0;
      for (const isFailure of failures) {
        nowMs += 1_000;
        const permit = machine.tryAcquire(nowMs);
        if (permit !== undefined) machine.record(permit, { isFailure, durationMs: 1 }, nowMs);
      }
      const states = ['closed', ...transitions.map(({ to }) => to)];
      expect(transitions.map(({ from }) => from)).toEqual(states.slice(0, -1));
      expect(machine.state(nowMs)).toBe(states.at(-1));
    }),
  );
});
