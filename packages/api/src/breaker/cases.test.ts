import { expect, it } from '@jest/globals';
import { breakerRig, type Rig } from '../../test/support/breaker-rig.ts';

/** The table of docs/reference/breaker.md, row by row; a test of the docs holds the two together. */
const CASES: Readonly<Record<string, () => Promise<void>>> = {
  async '19 of 19 failed'() {
    const rig = breakerRig();
    await rig.run(19, 'fails');
    expect(rig.state()).toBe('closed');
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 19, failureCount: 19 });
  },
  async '8 of 20 failed'() {
    const rig = breakerRig();
    await rig.run(12, 'ok');
    await rig.run(8, 'fails');
    expect(rig.state()).toBe('open');
    expect(rig.transitions).toEqual([
      {
        from: 'closed',
        to: 'open',
        reason: 'failure-rate',
        atMs: rig.now(),
        counts: { callCount: 20, failureCount: 8, slowCount: 0 },
      },
    ]);
  },
  async '7 of 20 failed'() {
    const rig = breakerRig();
    await rig.run(7, 'fails');
    await rig.run(13, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async '12 of 30 failed, never above 40 % before'() {
    const rig = breakerRig();
    await rig.run(18, 'ok');
    await rig.run(11, 'fails');
    expect(rig.state()).toBe('closed');
    await rig.run(1, 'fails');
    expect(rig.state()).toBe('open');
  },
  async 'the 31st call'() {
    const rig = breakerRig();
    await rig.run(7, 'fails');
    await rig.run(30, 'ok');
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 30, failureCount: 0 });
    await rig.run(11, 'fails');
    expect(rig.state()).toBe('closed');
    await rig.run(1, 'fails');
    expect(rig.state()).toBe('open');
  },
  async '10 of 20 slow'() {
    const rig = breakerRig();
    await rig.run(10, 'ok');
    await rig.run(10, 'ok', 1_000);
    expect(rig.state()).toBe('open');
    expect(rig.transitions).toMatchObject([
      { reason: 'slow-call-rate', counts: { failureCount: 0, slowCount: 10 } },
    ]);
  },
  async '9 of 20 slow'() {
    const rig = breakerRig();
    await rig.run(9, 'ok', 1_000);
    await rig.run(11, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async 'a call of 1,000 ms'() {
    const rig = breakerRig();
    await rig.run(1, 'ok', 999);
    await rig.run(1, 'ok', 1_000);
    expect(rig.calls.map(({ isSlow }) => isSlow)).toEqual([false, true]);
    expect(rig.breaker.snapshot().slowCount).toBe(1);
  },
  async 'slow failures'() {
    const rig = breakerRig();
    await rig.run(1, 'fails', 2_000);
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 1, failureCount: 1, slowCount: 1 });
  },
  async '7 failed and 9 others slow, of 20'() {
    const rig = breakerRig();
    await rig.run(7, 'fails');
    await rig.run(9, 'ok', 1_500);
    await rig.run(4, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async 'a slow call that has not ended'() {
    const rig = breakerRig();
    rig.begin();
    rig.pass(60_000);
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 0, slowCount: 0 });
  },
  async 'an error that the policy does not handle'() {
    const rig = breakerRig();
    expect(await rig.begin()('unhandled')).toEqual(new Error('unhandled'));
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 1, failureCount: 0 });
  },
  async 'a result that the policy handles'() {
    const rig = breakerRig();
    expect(await rig.begin()('result-fails')).toBe('result-fails');
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 1, failureCount: 1 });
  },
  async 'an ignored error'() {
    const rig = breakerRig();
    expect(await rig.begin()('ignored')).toEqual(new Error('ignored'));
    expect(rig.breaker.snapshot().callCount).toBe(0);
    await rig.run(19, 'fails');
    await rig.run(100, 'ignored');
    expect(rig.state()).toBe('closed');
  },
  async 'a minimum above the window'() {
    const rig = breakerRig({ windowSize: 10, minimumCallCount: 100 });
    await rig.run(9, 'fails');
    expect(rig.state()).toBe('closed');
    await rig.run(1, 'fails');
    expect(rig.state()).toBe('open');
  },
  async 'any number at once while closed'() {
    const rig = breakerRig();
    for (let call = 0; call < 1_000; call++) expect(await rig.rejects()).toBe(false);
  },
  async open() {
    const rig = await opened();
    const rejections: string[] = [];
    rig.breaker.onReject((state) => rejections.push(state));
    expect([await rig.rejects(), await rig.rejects()]).toEqual([true, true]);
    expect(rejections).toEqual(['open', 'open']);
  },
  async '29,999 ms after opening'() {
    const rig = await opened();
    rig.pass(29_999);
    expect(rig.transitions).toHaveLength(1);
    expect(await rig.rejects()).toBe(true);
  },
  async '30,000 ms after opening'() {
    const rig = await opened();
    rig.pass(30_000);
    expect(rig.transitions[1]).toMatchObject({ from: 'open', to: 'half-open', reason: 'time' });
    expect(rig.state()).toBe('half-open');
  },
  async 'a call that began before it opened'() {
    const rig = breakerRig();
    const late = rig.begin();
    await rig.run(20, 'fails');
    await late('fails');
    expect(rig.state()).toBe('open');
    expect(rig.breaker.snapshot()).toMatchObject({ callCount: 20, failureCount: 20 });
  },
  async 'six at once while half-open'() {
    const rig = await halfOpened();
    for (let call = 0; call < 5; call++) expect(await rig.rejects()).toBe(false);
    expect(await rig.rejects()).toBe(true);
  },
  async 'a sixth after four of five have ended'() {
    const rig = await halfOpened();
    rig.begin();
    await rig.run(4, 'ok');
    expect(await rig.rejects()).toBe(true);
    expect(rig.state()).toBe('half-open');
  },
  async '4 of 4 failed while half-open'() {
    const rig = await halfOpened();
    await rig.run(4, 'fails');
    expect(rig.state()).toBe('half-open');
  },
  async '2 of 5 failed while half-open'() {
    const rig = await halfOpened();
    await rig.run(2, 'fails');
    await rig.run(3, 'ok');
    expect(rig.state()).toBe('open');
  },
  async '1 of 5 failed while half-open'() {
    const rig = await halfOpened();
    await rig.run(1, 'fails');
    await rig.run(4, 'ok');
    expect(rig.transitions[2]).toMatchObject({ from: 'half-open', to: 'closed', reason: 'recovered' });
  },
  async '3 of 5 slow while half-open'() {
    const rig = await halfOpened();
    await rig.run(3, 'ok', 1_000);
    await rig.run(2, 'ok');
    expect(rig.state()).toBe('open');
  },
  async '2 of 5 slow while half-open'() {
    const rig = await halfOpened();
    await rig.run(2, 'ok', 1_000);
    await rig.run(3, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async 'an ignored error while half-open'() {
    const rig = await halfOpened();
    await rig.run(50, 'ignored');
    expect(rig.state()).toBe('half-open');
    await rig.run(5, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async 'a minimum of 2 while half-open'() {
    const rig = await halfOpened({ minimumCallCount: 2 });
    await rig.run(1, 'ok');
    expect(rig.state()).toBe('half-open');
    await rig.run(1, 'ok');
    expect(rig.state()).toBe('closed');
  },
  async 'results after half-open was judged'() {
    const rig = await halfOpened({ minimumCallCount: 2 });
    const late = rig.begin();
    await rig.run(2, 'ok');
    await late('fails');
    expect(rig.breaker.snapshot()).toMatchObject({ state: 'closed', callCount: 0 });
  },
  async 'a call from before that ends while half-open'() {
    const rig = breakerRig();
    const [late, lateIgnored] = [rig.begin(), rig.begin()];
    await rig.run(20, 'fails');
    rig.pass(30_000);
    await late('fails');
    await lateIgnored('ignored');
    expect(rig.breaker.snapshot()).toMatchObject({ state: 'half-open', callCount: 0 });
    for (let call = 0; call < 5; call++) expect(await rig.rejects()).toBe(false);
    expect(await rig.rejects()).toBe(true);
  },
  async 'closed again'() {
    const rig = await halfOpened();
    await rig.run(5, 'ok');
    await rig.run(19, 'fails');
    expect(rig.breaker.snapshot()).toMatchObject({ state: 'closed', callCount: 19 });
    await rig.run(1, 'fails');
    expect(rig.state()).toBe('open');
  },
  async 'opened again'() {
    const rig = await halfOpened();
    rig.pass(10_000);
    await rig.run(5, 'fails');
    rig.pass(29_999);
    expect(rig.state()).toBe('open');
    rig.pass(1);
    expect(rig.state()).toBe('half-open');
  },
  async 'a call that never ends while half-open'() {
    const rig = await halfOpened();
    rig.begin();
    await rig.run(4, 'ok');
    rig.pass(24 * 60 * 60_000);
    expect(rig.state()).toBe('half-open');
  },
  async 'a call that never ends, with halfOpenMaxMs'() {
    const rig = await halfOpened({ halfOpenMaxMs: 60_000 });
    rig.begin();
    await rig.run(4, 'ok');
    rig.pass(59_999);
    expect(rig.state()).toBe('half-open');
    rig.pass(1);
    expect(rig.transitions[2]).toMatchObject({ from: 'half-open', to: 'open', reason: 'time' });
  },
  async 'openMs as a function'() {
    const attempts: number[] = [];
    const openMs = (attempt: number) => {
      attempts.push(attempt);
      return attempt * 1_000;
    };
    const rig = await halfOpened({ openMs });
    await rig.run(5, 'fails');
    rig.pass(1_999);
    expect(rig.state()).toBe('open');
    rig.pass(1);
    await rig.run(5, 'ok');
    await rig.run(20, 'fails');
    expect(attempts).toEqual([1, 2, 1]);
  },
  async reset() {
    const rig = await opened();
    rig.breaker.reset();
    expect(rig.breaker.snapshot()).toEqual({ state: 'closed', callCount: 0, failureCount: 0, slowCount: 0 });
    expect(rig.transitions[1]).toMatchObject({ from: 'open', to: 'closed', reason: 'reset' });
    rig.pass(60_000);
    expect(rig.state()).toBe('closed');
  },
};

async function opened(options = {}): Promise<Rig> {
  const rig = breakerRig(options);
  await rig.run(20, 'fails');
  expect(rig.state()).toBe('open');
  return rig;
}

async function halfOpened(options = {}): Promise<Rig> {
  const rig = await opened(options);
  rig.pass(30_000);
  expect(rig.state()).toBe('half-open');
  return rig;
}

it.each(Object.entries(CASES))('%s', async (_name, hold) => {
  await hold();
});
