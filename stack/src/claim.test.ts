import { describe, expect, it } from '@jest/globals';
import { type Claim, claimOn } from './claim.ts';

const self = { pid: 100, startedAt: 1 };
const claim = (owner: { pid: number; startedAt: number } | undefined, running: readonly number[]): Claim =>
  claimOn(owner, { self, parentPid: 50, isRunning: ({ pid }) => running.includes(pid) });

describe('claimOn', () => {
  it('shares a server that outlives whoever started it', () => {
    expect(claim(undefined, [100])).toBe('shared');
  });

  it('shares its own, and that of its parent, as a test worker does', () => {
    expect(claim(self, [100])).toBe('shared');
    expect(claim({ pid: 50, startedAt: 1 }, [50, 100])).toBe('shared');
  });

  it('refuses one that ends with another process', () => {
    expect(claim({ pid: 60, startedAt: 1 }, [60, 100])).toBe('foreign');
  });

  it('takes over one whose owner was killed, be it the parent', () => {
    expect(claim({ pid: 60, startedAt: 1 }, [100])).toBe('orphan');
    expect(claim({ pid: 50, startedAt: 1 }, [100])).toBe('orphan');
  });
});
