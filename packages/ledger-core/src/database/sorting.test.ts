import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const PACKAGES = resolve(import.meta.dirname, '../../..');
const sources = readdirSync(PACKAGES, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) => /\/src\/.*\.ts$/.test(path) && !path.includes('node_modules') && !path.endsWith('.test.ts'),
  )
  .map((path) => ({ path, text: readFileSync(join(PACKAGES, path), 'utf8') }));

/**
 * MySQL looks for a bare name in ORDER BY among what is selected first: where a number is selected as text under its own
 * name, it would sort 10 before 9. The table's name before the column says which is meant.
 */
describe('sorting', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it.each(sources.filter(({ text }) => text.includes('ORDER BY')))(
    'is by the column in $path',
    ({ text }) => {
      const selectedAsText = new Set(
        [...text.matchAll(/CAST\((?:\w+\.)?(\w+) AS CHAR\) AS (\w+)/g)]
          .filter(([, from, to]) => from === to)
          .map(([, name]) => name),
      );
      const sortedBy = [...text.matchAll(/ORDER BY ([\w., ]+)/g)].flatMap(([, list = '']) =>
        list.split(',').map((term) => term.trim().split(' ')[0] ?? ''),
      );
      expect(sortedBy.filter((name) => selectedAsText.has(name))).toEqual([]);
    },
  );
});
