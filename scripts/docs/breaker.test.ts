import { describe, expect, it } from '@jest/globals';
import { read, rowsOf, wordOf } from './pages.ts';

const FOLDER = 'packages/api/src/breaker';
const ROWS = rowsOf(read('docs/reference/breaker.md'));

/** What a pattern finds, by its first group, with its second. */
function foundIn(text: string, pattern: RegExp): [string, string][] {
  return [...text.matchAll(pattern)].map(([, name = '', rest = '']) => [name, rest]);
}

describe('docs/reference/breaker.md', () => {
  it('has a row for each case that is tested, in the same order, and for no other', () => {
    const tests = foundIn(read(`${FOLDER}/cases.test.ts`), /^ {2}async (?:'([^']+)'|(?=\w+\())(\w*)\(/gm);
    const names = tests.map(([quoted, bare]) => quoted || bare);
    expect(names.length).toBeGreaterThan(30);
    expect(ROWS.filter((row) => row.length === 3).map(([name]) => wordOf(name))).toEqual(names);
  });

  it('tells each setting and its default', () => {
    const [, defaults = ''] = read(`${FOLDER}/settings.ts`).split('DEFAULT_SETTINGS');
    const settings = foundIn(defaults.split('};')[0] ?? '', /^ {2}(\w+): ([\d_]+),$/gm);
    expect(settings.length).toBeGreaterThan(6);
    const told = ROWS.filter((row) => row.length === 4).map(([name, value = '']) => [
      wordOf(name),
      value.replaceAll(',', '_'),
    ]);
    expect(told).toEqual(settings);
  });
});
