import { describe, expect, it } from '@jest/globals';
import { textTable } from './table.ts';

describe('textTable', () => {
  it('sets columns by what a terminal shows, and numbers right', () => {
    expect(
      textTable(
        ['name', 'won'],
        [
          ['배추김치', '38000'],
          ['pa', '1'],
        ],
        ['won'],
      ),
    ).toEqual(['name        won', '--------  -----', '배추김치  38000', 'pa            1']);
  });
});
