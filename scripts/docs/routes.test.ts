import { describe, expect, it } from '@jest/globals';
import { describeApi } from '../../packages/api/src/index.ts';
import { read, rowsOf, wordOf } from './pages.ts';

describe('docs/reference/http.md', () => {
  it('has a row for each route of the API, and for no other', () => {
    const routes = Object.entries(describeApi('sandbox').paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.length).toBeGreaterThan(8);
    const rows = rowsOf(read('docs/reference/http.md'))
      .map(([route]) => wordOf(route))
      .filter((route) => /^[A-Z]+ \//.test(route));
    expect(rows.sort()).toEqual(routes.sort());
  });
});
