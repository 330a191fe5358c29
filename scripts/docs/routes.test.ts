import { describe, expect, it } from '@jest/globals';
import { filesBelow, read, rowsOf, wordOf } from './pages.ts';

function routesOfSources(): string[] {
  const sources = filesBelow('packages/api/src', (path) => path.endsWith('-routes.ts')).map(read);
  return sources.flatMap((text) =>
    [...text.matchAll(/defineRoute\(\{\s+method: '(\w+)',\s+path: '([^']+)'/g)].map(
      ([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
    ),
  );
}

describe('docs/reference/http.md', () => {
  it('has a row for each route of the API, and for no other', () => {
    const routes = routesOfSources();
    expect(routes.length).toBeGreaterThan(8);
    const rows = rowsOf(read('docs/reference/http.md')).map(([route]) => wordOf(route));
    expect(rows.sort()).toEqual(routes.sort());
  });
});
