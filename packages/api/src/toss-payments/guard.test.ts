import { describe, expect, it } from '@jest/globals';
import type { Reply } from '../outgoing/reply.ts';
import { createGuard, type Guard } from './guard.ts';

const answer = (status: number): Reply => ({ got: 'answer', status, body: undefined });
const blocked = (reason: string) => ({ got: 'not_sent', reason, isBlocked: true });

async function runMany(guard: Guard, count: number, reply: Reply): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let call = 0; call < count; call++) replies.push(await guard.run(async () => reply));
  return replies;
}

describe('the guard of calls', () => {
  it('opens at the twentieth call when more than half of them were in trouble', async () => {
    const guard = createGuard({ slotCount: 10, queueCount: 0, openMs: 60_000 });
    await runMany(guard, 9, answer(200));
    expect(await runMany(guard, 11, answer(500))).toEqual(Array(11).fill(answer(500)));
    expect(await runMany(guard, 1, answer(200))).toEqual([blocked('breaker open')]);
  });

  it('stays closed up to half, and whatever the provider refuses', async () => {
    const guard = createGuard({ slotCount: 10, queueCount: 0, openMs: 60_000 });
    await runMany(guard, 10, answer(200));
    await runMany(guard, 10, answer(500));
    await runMany(guard, 100, answer(403));
    expect(await runMany(guard, 1, answer(200))).toEqual([answer(200)]);
  });

  it('lets one call try after its time, and tells the others at once', async () => {
    const guard = createGuard({ slotCount: 10, queueCount: 0, openMs: 0 });
    await runMany(guard, 20, answer(500));
    const trial = Promise.withResolvers<Reply>();
    const first = guard.run(() => trial.promise);
    expect(await guard.run(async () => answer(200))).toEqual(blocked('breaker half-open'));
    trial.resolve(answer(200));
    expect(await first).toEqual(answer(200));
    expect(await runMany(guard, 1, answer(200))).toEqual([answer(200)]);
  });

  it('does not count what the bulkhead turns away', async () => {
    const guard = createGuard({ slotCount: 1, queueCount: 0, openMs: 60_000 });
    const slow = Promise.withResolvers<Reply>();
    const first = guard.run(() => slow.promise);
    expect(await runMany(guard, 50, answer(200))).toEqual(Array(50).fill(blocked('bulkhead full')));
    slow.resolve(answer(200));
    await first;
    expect(await runMany(guard, 1, answer(200))).toEqual([answer(200)]);
  });

  it('passes on what breaks inside, and lets the next one through', async () => {
    const guard = createGuard({ slotCount: 1, queueCount: 0, openMs: 60_000 });
    const broken = guard.run(async () => {
      throw new RangeError('broken');
    });
    await expect(broken).rejects.toThrow(RangeError);
    expect(await runMany(guard, 1, answer(200))).toEqual([answer(200)]);
  });
});
