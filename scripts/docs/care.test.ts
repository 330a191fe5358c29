import { expect, it } from '@jest/globals';
import { filesBelow, read, rowsOf, wordOf } from './pages.ts';

it('says of every table of the shop what becomes of its rows', () => {
  const migrations = filesBelow('migrations/shop', (path) => path.endsWith('.sql'))
    .map(read)
    .join('\n');
  const named = (statement: string) =>
    [...migrations.matchAll(new RegExp(`^${statement} TABLE (\\w+)`, 'gm'))].map(([, table]) => table);
  const gone = new Set(named('DROP'));
  const tables = named('CREATE').filter((table) => !gone.has(table));
  expect(tables.length).toBeGreaterThan(20);
  const rows = rowsOf(read('docs/operating/care-of-the-shop.md')).map(([table]) => wordOf(table));
  expect(rows.sort()).toEqual(tables.sort());
});
