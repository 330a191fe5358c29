import { beforeEach, describe, expect, it } from '@jest/globals';
import { createRefreshingCache, type RefreshingCache } from './refreshing-cache.ts';

const OPTIONS = { freshMs: 100, staleMs: 1_000, keepMs: 10_000, largest: 3 };

describe('the refreshing cache', () => {
  let nowMs = 0;
  let loads: { key: string; resolve(value: string): void; reject(error: Error): void }[] = [];
  let cache: RefreshingCache<string>;
  beforeEach(() => {
    nowMs = 0;
    loads = [];
    cache = createRefreshingCache({ ...OPTIONS, clock: () => new Date(nowMs) });
  });
  const get = (key = 'k') =>
    cache.get(key, () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      loads.push({ key, resolve, reject });
      return promise;
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  async function loaded(value: string, key = 'k'): Promise<void> {
    const answer = get(key);
    loads.at(-1)?.resolve(value);
    await answer;
  }

  it('loads once for all that ask at once', async () => {
    const answers = [get(), get(), get()];
    expect(loads).toHaveLength(1);
    loads[0]?.resolve('a');
    expect((await Promise.all(answers)).map(({ value }) => value)).toEqual(['a', 'a', 'a']);
  });

  it('gives what is fresh without loading', async () => {
    await loaded('a');
    nowMs = 99;
    expect(await get()).toEqual({ value: 'a', asOf: new Date(0), failure: undefined });
    expect(cache.freshForMs(await get())).toBe(1);
    expect(loads).toHaveLength(1);
  });

  it('gives what is stale at once, and the newer one as soon as it is there', async () => {
    await loaded('a');
    nowMs = 100;
    const answers = await Promise.all([get(), get()]);
    expect(answers.map(({ value }) => value)).toEqual(['a', 'a']);
    expect(cache.freshForMs(answers[0])).toBe(0);
    expect(loads).toHaveLength(2);
    loads[1]?.resolve('b');
    await settled();
    expect(await get()).toMatchObject({ value: 'b', asOf: new Date(100) });
    expect(loads).toHaveLength(2);
  });

  it('says that the last try failed, until one succeeds', async () => {
    await loaded('a');
    nowMs = 500;
    expect((await get()).failure).toBeUndefined();
    loads[1]?.reject(new Error('down'));
    await settled();
    expect(await get()).toMatchObject({ value: 'a', failure: new Error('down') });
    loads[2]?.resolve('b');
    await settled();
    expect(await get()).toMatchObject({ value: 'b', failure: undefined });
  });

  it('waits for the newer one where the old one is too old', async () => {
    await loaded('a');
    nowMs = 1_000;
    const answer = get();
    loads[1]?.resolve('b');
    expect((await answer).value).toBe('b');
  });

  it('gives an old one where there is no newer one, up to an age', async () => {
    await loaded('a');
    nowMs = 9_999;
    const answer = get();
    loads[1]?.reject(new Error('down'));
    expect(await answer).toMatchObject({ value: 'a', failure: new Error('down') });
    nowMs = 10_000;
    const tooOld = get();
    loads[2]?.reject(new Error('still down'));
    await expect(tooOld).rejects.toThrow('still down');
  });

  it('throws what loading threw, and tries again', async () => {
    const failing = get();
    loads[0]?.reject(new Error('down'));
    await expect(failing).rejects.toThrow('down');
    await loaded('a');
    expect((await get()).value).toBe('a');
  });

  it('keeps so many keys, and those that were asked for last', async () => {
    for (const key of ['a', 'b', 'c']) await loaded(key, key);
    await get('a');
    await loaded('d', 'd');
    const loadCount = loads.length;
    expect((await Promise.all([get('a'), get('c'), get('d')])).map(({ value }) => value)).toEqual([
      'a',
      'c',
      'd',
    ]);
    expect(loads).toHaveLength(loadCount);
    await loaded('again', 'b');
    expect(loads).toHaveLength(loadCount + 1);
  });

  it('keeps no key whose loading fails', async () => {
    await loaded('a', 'a');
    for (let key = 0; key < 10; key++) {
      const failing = get(`failing-${key}`);
      loads.at(-1)?.reject(new Error('down'));
      await expect(failing).rejects.toThrow('down');
    }
    const loadCount = loads.length;
    expect((await get('a')).value).toBe('a');
    expect(loads).toHaveLength(loadCount);
  });
});
