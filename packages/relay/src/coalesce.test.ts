import { describe, expect, it } from '@jest/globals';
import { coalesce } from './coalesce.ts';

describe('coalesce', () => {
  it('does at once what came together, and then what came meanwhile', async () => {
    const rounds: number[][] = [];
    const later: Promise<void>[] = [];
    const add = coalesce<number>(async (items) => {
      rounds.push([...items]);
      if (rounds.length === 1) later.push(add(3), add(4));
      await new Promise(setImmediate);
    });
    await Promise.all([add(1), add(2)]);
    await Promise.all(later);
    expect(rounds).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('does a part of what is too much for one round, and answers when all of it is done', async () => {
    const rounds: number[][][] = [];
    const add = coalesce<number[]>(
      async (items) => {
        rounds.push(items.map((item) => [...item]));
        await new Promise(setImmediate);
      },
      (items) =>
        items.map((item) => ({
          now: item.slice(0, 2),
          rest: item.length > 2 ? item.slice(2) : undefined,
        })),
    );
    await Promise.all([add([1, 2, 3, 4, 5]), add([6])]);
    expect(rounds).toEqual([[[1, 2], [6]], [[3, 4]], [[5]]]);
  });

  it('does no more of an item of which a part failed', async () => {
    const done: number[] = [];
    const add = coalesce<number[]>(
      async (items) => {
        for (const [first = 0] of items) {
          if (first === 2) throw new Error('no');
          done.push(first);
        }
      },
      (items) =>
        items.map((item) => ({ now: item.slice(0, 1), rest: item.length > 1 ? item.slice(1) : undefined })),
    );
    await expect(add([1, 2, 3])).rejects.toThrow('no');
    await add([4]);
    expect(done).toEqual([1, 4]);
  });

  it('does two rounds at once where more waits than one takes, each item in one of them', async () => {
    const rounds: string[][] = [];
    let most = 0;
    let atOnce = 0;
    const add = coalesce<{ name: string; size: number }>(
      async (items) => {
        rounds.push(items.map(({ name }) => name));
        most = Math.max(most, ++atOnce);
        await new Promise((wake) => setTimeout(wake, 5));
        atOnce--;
      },
      (items) =>
        items.map(({ name, size }) => ({
          now: { name, size: 1 },
          rest: size > 1 ? { name, size: size - 1 } : undefined,
        })),
      (items) => items.reduce((sum, { size }) => sum + size, 0) > 2,
    );
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => add({ name, size: 3 })));
    expect(most).toBe(2);
    for (const name of 'abcd') expect(rounds.filter((round) => round.includes(name))).toHaveLength(3);
    expect(rounds.slice(0, 2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('tries each alone when a round fails, so that one failure is one caller’s', async () => {
    const add = coalesce<number>(async (items) => {
      if (items.includes(2)) throw new Error(`no ${items.length}`);
    });
    const settled = await Promise.allSettled([add(1), add(2), add(3)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: new Error('no 1') });
  });
});
