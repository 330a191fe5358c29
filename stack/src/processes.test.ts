import { describe, expect, it } from '@jest/globals';
import { isRunning, thisProcess } from './processes.ts';

describe('isRunning', () => {
  it('knows this process', () => {
    expect(isRunning(thisProcess())).toBe(true);
  });

  it('is not fooled by a later process with the same number', () => {
    const { pid, startedAt } = thisProcess();
    expect(isRunning({ pid, startedAt: startedAt - 1 })).toBe(false);
  });

  it('is false for a number that nobody has', () => {
    expect(isRunning({ pid: 2 ** 22 + 1, startedAt: 1 })).toBe(false);
  });
});
