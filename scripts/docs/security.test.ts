import { describe, expect, it } from '@jest/globals';
import { read, rowsOf, wordOf } from './pages.ts';

const SHIPPED = ['api', 'relay', 'ledger-core'];

/** By name and version, which of our packages needs it at run time. */
function dependencies(): string[] {
  const users = new Map<string, string[]>();
  for (const own of SHIPPED) {
    const { dependencies: needed = {} } = JSON.parse(read(`packages/${own}/package.json`));
    for (const [name, version] of Object.entries(needed)) {
      if (name.startsWith('@jangbu/')) continue;
      const row = `${name} ${version}`;
      users.set(row, [...(users.get(row) ?? []), own]);
    }
  }
  return [...users].map(([row, own]) => `${row} ${own.join(', ')}`).sort();
}

describe('SECURITY.md', () => {
  const page = read('SECURITY.md');

  it('has a row for each package that ships, in its version, and for no other', () => {
    const rows = rowsOf(page).map(([name, version, of]) => `${wordOf(name)} ${version} ${of}`);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.sort()).toEqual(dependencies());
  });

  it('names a test for everything that is defended', () => {
    const [, table = ''] = page.split('| what is tried |');
    const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/\.test\.ts\)[^|]*\|$/.test(row))).toEqual([]);
  });

  it('says the truth of scripts that packages would run', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});
