import { describe, expect, it } from '@jest/globals';
import { read, rowsOf, wordOf } from './pages.ts';

const ROWS = rowsOf(read('docs/reference/errors.md')).filter(([, status]) => /\d{3}/.test(status ?? ''));

/** By code, what problem-table.ts says of it. */
const PROBLEMS = new Map(
  [...read('packages/api/src/http/problem-table.ts').matchAll(/^ {2}([a-z_]+): \{([^}]*)\}/gm)].map(
    ([, code = '', body = '']) => [
      code,
      { status: /status: (\d{3})/.exec(body)?.[1], isWorthRetrying: body.includes('retryAfter:') },
    ],
  ),
);

/** The members of the union types that name the codes. */
function codesOf(path: string): string[] {
  return [...read(path).matchAll(/^ {2}\| '([a-z_]+)'/gm)].map(([, code = '']) => code);
}

describe('docs/reference/errors.md', () => {
  it('has a row for each code of the sources, and for no other', () => {
    const codes = ['packages/ledger-core/src/errors.ts', 'packages/api/src/errors.ts'].flatMap(codesOf);
    expect(codes.length).toBeGreaterThan(50);
    expect(ROWS.map(([code]) => wordOf(code)).sort()).toEqual([...new Set(codes)].sort());
  });

  it.each(ROWS)('tells the status of %s, %s, and whether to try again', (code, status = '') => {
    const problem = PROBLEMS.get(wordOf(code));
    expect(/\d{3}/.exec(status)?.[0]).toBe(problem?.status);
    const isOfARoute = !status.startsWith('(');
    if (isOfARoute) expect(status.includes('↻')).toBe(problem?.isWorthRetrying);
  });

  it('says of each code when it comes and what to do', () => {
    expect(ROWS.filter((row) => row.length !== 4 || row.includes(''))).toEqual([]);
  });
});
