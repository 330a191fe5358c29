import { describe, expect, it } from '@jest/globals';
import { jointly } from './jointly.ts';

/** Notes each batch, and lets it end when told to. */
function gate() {
  const batches: number[][] = [];
  const open: (() => void)[] = [];
  const work = async (items: readonly number[]) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => open.push(resolve));
    if (items.includes(13)) throw new Error('unlucky');
    return items.map((item) => item * 10);
  };
  /** Ends what is under way, and what follows it. */
  const drain = async () => {
    for (let turn = 0; turn < 20; turn++) {
      open.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { batches, work, drain };
}

describe('jointly', () => {
  it('does together what came together, and what comes meanwhile', async () => {
    const { batches, work, drain } = gate();
    const call = jointly(work);
    const first = [1, 2].map(call);
    await new Promise(setImmediate);
    const results = [...first, ...[3, 4, 5].map(call)];
    expect(batches).toEqual([[1, 2]]);
    await drain();
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
  });

  it('makes no batch longer than fifty', async () => {
    const { batches, work, drain } = gate();
    const call = jointly(work);
    const results = Array.from({ length: 60 }, (_, index) => call(index + 100));
    await drain();
    expect(batches.map(({ length }) => length)).toEqual([50, 10]);
    expect((await Promise.all(results))[59]).toBe(1590);
  });

  it('tries each alone where a batch fails, so that what is wrong fails alone', async () => {
    const { batches, work, drain } = gate();
    const call = jointly(work);
    const results = Promise.allSettled([1, 2, 13, 3].map(call));
    await drain();
    expect(batches).toEqual([[1, 2, 13, 3], [1], [2], [13], [3]]);
    expect(
      (await results).map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
    ).toEqual([10, 20, 'failed', 30]);
  });

  it('tries nothing again when the connection was lost, because nobody knows what was done', async () => {
    let calls = 0;
    const call = jointly(async () => {
      calls++;
      await new Promise(setImmediate);
      throw Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
    });
    const results = await Promise.allSettled([1, 2, 3].map(call));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(calls).toBe(1);
  });

  it('goes on after a failure', async () => {
    const { work, drain } = gate();
    const call = jointly(work);
    const failing = call(13).catch(() => 'failed');
    await drain();
    expect(await failing).toBe('failed');
    const next = call(5);
    await drain();
    expect(await next).toBe(50);
  });
});
