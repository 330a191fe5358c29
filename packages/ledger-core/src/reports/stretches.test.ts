import { describe, expect, it } from '@jest/globals';
import { clip, joinNeighbours, withinStretches } from './stretches.ts';

describe('stretches', () => {
  it('join where one follows the other, in either order', () => {
    const [a, b, c] = [
      { from: 1n, to: 1_000n },
      { from: 1_001n, to: 1_500n },
      { from: 1_502n, to: null },
    ];
    expect(joinNeighbours([a, b, c])).toEqual([{ from: 1n, to: 1_500n }, c]);
    expect(joinNeighbours([c, b, a])).toEqual([c, { from: 1n, to: 1_500n }]);
    expect(joinNeighbours([b, { from: 1_501n, to: null }])).toEqual([{ from: 1_001n, to: null }]);
    expect(joinNeighbours([])).toEqual([]);
  });

  it('are cut between two lines, and left out where nothing remains', () => {
    const stretches = [
      { from: 1n, to: 1_000n },
      { from: 2_001n, to: null },
    ];
    expect(clip(stretches, 0n, null)).toEqual(stretches);
    expect(clip(stretches, 999n, 2_002n)).toEqual([
      { from: 1_000n, to: 1_000n },
      { from: 2_001n, to: 2_001n },
    ]);
    expect(clip(stretches, 1_000n, 2_001n)).toEqual([]);
    expect(clip(stretches, 3_000n, null)).toEqual([{ from: 3_001n, to: null }]);
    expect(clip(stretches, 0n, 1n)).toEqual([]);
  });

  it('are read as ranges', () => {
    expect(
      withinStretches([
        { from: 1n, to: 5n },
        { from: 9n, to: null },
      ]),
    ).toEqual({ sql: 'l.sequence BETWEEN ? AND ? OR l.sequence >= ?', bindings: [1n, 5n, 9n] });
  });
});
