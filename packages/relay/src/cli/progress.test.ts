import { describe, expect, it } from '@jest/globals';
import { describeProgress, duration, showProgress } from './progress.ts';

describe('describeProgress', () => {
  it('tells part, rate and time left', () => {
    expect(describeProgress({ done: 25_000, total: 100_000, elapsedMs: 5_000 })).toEqual({
      bar: '[######..................]',
      text: '25 %, 25,000 of 100,000 events, 5,000/s, 15 s left',
    });
  });

  it('counts only what this process has done for the rate', () => {
    const { text } = describeProgress({ done: 50_000, total: 100_000, doneBefore: 40_000, elapsedMs: 1_000 });
    expect(text).toBe('50 %, 50,000 of 100,000 events, 10,000/s, 5 s left');
  });

  it('gives no time left while nothing is done', () => {
    expect(describeProgress({ done: 0, total: 10, elapsedMs: 1 }).text).toBe(
      '0 %, 0 of 10 events, 0/s, - left',
    );
  });
});

describe('duration', () => {
  it.each([
    [59.4, '59 s'],
    [90, '1 min 30 s'],
    [3_725, '1 h 2 min'],
  ])('%s s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('showProgress', () => {
  function shown(isTTY: boolean): string[] {
    const written: string[] = [];
    let now = 0;
    const view = showProgress({ isTTY, write: (text) => written.push(text) }, 0, () => now);
    for (; now <= 12_000; now += 50) view.update(now, 12_000);
    view.end();
    return written;
  }

  it('draws a bar over itself on a terminal, and ends its line', () => {
    const written = shown(true);
    expect(written.length).toBeGreaterThan(100);
    expect(written[0]).toMatch(/^\r.*\[\.+\]/);
    expect(written.at(-2)).toMatch(/100 %/);
    expect(written.at(-1)).toBe('\n');
  });

  it('writes a plain line every five seconds elsewhere', () => {
    const written = shown(false);
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^41 %.*\n$/);
  });
});
