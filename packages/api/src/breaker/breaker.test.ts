import { describe, expect, it } from '@jest/globals';
import {
  BulkheadRejectedError,
  bulkhead,
  ConstantBackoff,
  fallback,
  handleAll,
  handleType,
  isBrokenCircuitError,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { breakerRig } from '../../test/support/breaker-rig.ts';
import { BreakerRejectedError, slidingWindowBreaker } from './breaker.ts';

const QUICK = { windowSize: 4, minimumCallCount: 2, failureRatePercent: 50 };
const broken = () => Promise.reject(new Error('broken'));
const never = () => new Promise<never>(() => {});

describe('the breaker among cockatiel’s policies', () => {
  it('counts what a time-out inside it cuts short', async () => {
    const breaker = slidingWindowBreaker(handleAll, QUICK);
    const policy = wrap(breaker, timeout(5, TimeoutStrategy.Aggressive));
    await expect(policy.execute(never)).rejects.toThrow(TaskCancelledError);
    await expect(policy.execute(never)).rejects.toThrow(TaskCancelledError);
    await expect(policy.execute(never)).rejects.toThrow(BreakerRejectedError);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', callCount: 2, failureCount: 2 });
  });

  it('hands the time-out’s signal on, and the caller’s', async () => {
    const policy = wrap(slidingWindowBreaker(handleAll), timeout(5, TimeoutStrategy.Cooperative));
    await expect(policy.execute(({ signal }) => abortOf(signal))).resolves.toBe('aborted');
    const caller = new AbortController();
    const waiting = slidingWindowBreaker(handleAll).execute(({ signal }) => abortOf(signal), caller.signal);
    caller.abort();
    expect(await waiting).toBe('aborted');
  });

  it('does not count what a bulkhead outside it turns away', async () => {
    const breaker = slidingWindowBreaker(handleAll, QUICK);
    const policy = wrap(bulkhead(1, 0), breaker);
    const first = Promise.withResolvers<string>();
    const firstAnswer = policy.execute(() => first.promise);
    for (let call = 0; call < 10; call++) {
      await expect(policy.execute(broken)).rejects.toThrow(BulkheadRejectedError);
    }
    first.resolve('answer');
    expect(await firstAnswer).toBe('answer');
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', callCount: 1 });
  });

  it('counts each try of a retry outside it, which gives up when it opens', async () => {
    const breaker = slidingWindowBreaker(handleAll, QUICK);
    const again = retry(
      handleType(Error, (error) => !isBrokenCircuitError(error)),
      {
        maxAttempts: 10,
        backoff: new ConstantBackoff(0),
      },
    );
    let callCount = 0;
    const call = wrap(again, breaker).execute(() => {
      callCount += 1;
      return broken();
    });
    await expect(call).rejects.toThrow(BreakerRejectedError);
    expect(callCount).toBe(2);
  });

  it('lets a fallback outside it answer while it is open', async () => {
    const policy = wrap(fallback(handleAll, 'an older price'), slidingWindowBreaker(handleAll, QUICK));
    const answers = [];
    for (let call = 0; call < 3; call++) answers.push(await policy.execute(broken));
    expect(answers).toEqual(Array(3).fill('an older price'));
  });

  it('tells its outcomes as every policy does', async () => {
    const rig = breakerRig();
    const told: unknown[] = [];
    rig.breaker.onSuccess((event) => told.push(event));
    rig.breaker.onFailure(({ duration, handled }) => told.push({ duration, handled }));
    await rig.run(1, 'ok', 7);
    await rig.run(1, 'fails', 8);
    await rig.run(1, 'unhandled', 9);
    await rig.run(1, 'ignored', 10);
    await rig.run(1, 'result-fails', 11);
    expect(told).toEqual([
      { duration: 7 },
      { duration: 8, handled: true },
      { duration: 9, handled: false },
      { duration: 10, handled: false },
      { duration: 11, handled: true },
    ]);
    expect(rig.calls.map(({ countedAs }) => countedAs)).toEqual([
      'success',
      'failure',
      'success',
      'ignored',
      'failure',
    ]);
  });
});

describe('the breaker', () => {
  it('counts a call that throws before it waits', async () => {
    const breaker = slidingWindowBreaker(handleAll, QUICK);
    const call = breaker.execute(() => {
      throw new RangeError('at once');
    });
    await expect(call).rejects.toThrow(RangeError);
    expect(breaker.snapshot().failureCount).toBe(1);
  });

  it('gives the permit back when a predicate of its caller throws', async () => {
    const rig = breakerRig({ halfOpenCallCount: 1, ignores: () => JSON.parse('no JSON') });
    await expect(rig.breaker.execute(() => 'ok')).rejects.toThrow(SyntaxError);
    expect(rig.breaker.snapshot().callCount).toBe(0);
  });

  it('becomes half-open by itself on the real clock', async () => {
    const breaker = slidingWindowBreaker(handleAll, { ...QUICK, openMs: 20 });
    const changed = new Promise<number>((resolve) => {
      let openedAtMs = 0;
      breaker.onStateChange(({ to, atMs }) => {
        if (to === 'open') openedAtMs = atMs;
        else resolve(atMs - openedAtMs);
      });
    });
    for (let call = 0; call < 2; call++) await expect(breaker.execute(broken)).rejects.toThrow('broken');
    expect(await changed).toBeGreaterThanOrEqual(20);
    expect(breaker.snapshot().state).toBe('half-open');
  });

  it.each([
    [{ windowSize: 0 }, 'windowSize'],
    [{ windowSize: 2.5 }, 'windowSize'],
    [{ minimumCallCount: Number.NaN }, 'minimumCallCount'],
    [{ failureRatePercent: 0 }, 'failureRatePercent'],
    [{ failureRatePercent: 100.1 }, 'failureRatePercent'],
    [{ slowCallMs: -1 }, 'slowCallMs'],
    [{ openMs: Number.NaN }, 'openMs'],
    [{ halfOpenCallCount: 0 }, 'halfOpenCallCount'],
  ])('cannot be made with %j', (options, name) => {
    expect(() => slidingWindowBreaker(handleAll, options)).toThrow(RangeError);
    expect(() => slidingWindowBreaker(handleAll, options)).toThrow(`${name} must be`);
  });

  it('names all settings that cannot be', () => {
    expect(() => slidingWindowBreaker(handleAll, { openMs: -1, windowSize: -1 })).toThrow(
      'No breaker can be made so: windowSize must be a whole number from 1, and is -1; openMs must be 0 or more, and is -1.',
    );
  });
});

function abortOf(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'));
  });
}
