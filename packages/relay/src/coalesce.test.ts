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

  it('tries each alone when a round fails, so that one failure is one caller’s', async () => {
    const add = coalesce<number>(async (items) => {
      if (items.includes(2)) throw new Error(`no ${items.length}`);
    });
    const settled = await Promise.allSettled([add(1), add(2), add(3)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: new Error('no 1') });
  });
});
