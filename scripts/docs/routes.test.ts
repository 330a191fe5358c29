import { describe, expect, it } from '@jest/globals';
import { filesBelow, read, rowsOf, wordOf } from './pages.ts';

/** `GET /a/:b` as the pages write it: `GET /a/{b}`. */
function routesOfSources(): string[] {
  const sources = filesBelow('packages/api/src', (path) => path.endsWith('-routes.ts')).map(read);
  return sources.flatMap((text) =>
    [...text.matchAll(/addRoute\('([^']+)', \{([\s\S]*?)^ {2,4}\}\)/gm)].flatMap(
      ([, path = '', methods = '']) =>
        [...methods.matchAll(/^ +(get|post):/gm)].map(
          ([, method = '']) => `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
        ),
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
