import { describe, expect, it } from '@jest/globals';
import { filesBelow, read, rowsOf, wordOf } from './pages.ts';

/** The ways in which this code base reads a variable; a new way has to be added here. */
const READS = [
  /\bprocess\.env\.([A-Z][A-Z0-9_]*)\b(?! = )/g,
  /\benv\.([A-Z][A-Z0-9_]*)\b(?! = )/g,
  /\benv\['([A-Z][A-Z0-9_]*)'\]/g,
  /\.env\('([A-Z][A-Z0-9_]*)'\)/g,
  /\b(?:port|portFrom)\('([A-Z][A-Z0-9_]*)'/g,
  // A schema of the environment: NAME: z.string(), and the schema's other helpers.
  /^ {2}([A-Z][A-Z0-9_]*): (?:z\b|wholeNumber\(|url\(|httpUrl\b)/gm,
  // A table from a part of the stack to its variable.
  /^ +(?:name|mysql|kafka|connect): '([A-Z][A-Z0-9_]*)',$/gm,
];
const DESTRUCTURED = /\{([A-Z0-9_, ]+)\} = process\.env/g;

/** Who reads what lies below a folder; the first that fits. */
const READERS: readonly (readonly [string, string])[] = [
  ['packages/api/', 'api'],
  ['packages/relay/src/cli/', 'jangbu'],
  ['packages/relay/bin/', 'jangbu'],
  ['packages/relay/', 'relay'],
  ['packages/sandbox/', 'sandbox'],
  ['stack/src/find-database.ts', 'tools'],
  ['stack/', 'stack'],
  ['scripts/run.mjs', 'npm'],
  ['scripts/start.ts', 'start'],
  ['scripts/test.ts', 'test'],
  ['scripts/system/prepare-config.ts', 'prepare'],
  ['scripts/demo', 'demo'],
  ['load/', 'load'],
  ['examples/', 'examples'],
];

function readerOf(path: string): string {
  const reader = READERS.find(([prefix]) => path.startsWith(prefix));
  if (reader === undefined) throw new Error(`${path} reads the environment; say in READERS who that is.`);
  return reader[1];
}

function readBySources(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const sources = ['packages', 'stack', 'connect', 'scripts', 'load', 'examples'].flatMap((folder) =>
    filesBelow(folder, (path) => /\.(ts|mjs)$/.test(path) && !/\.test\.ts$|\/test\/|\/bench\//.test(path)),
  );
  for (const path of sources) {
    const text = read(path);
    const names = READS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
    const destructured = [...text.matchAll(DESTRUCTURED)].flatMap(([, list = '']) => list.split(','));
    for (const name of [...names, ...destructured].map((one) => one.trim())) {
      found.set(name, (found.get(name) ?? new Set()).add(readerOf(path)));
    }
  }
  return found;
}

describe('docs/reference/environment.md', () => {
  const documented = new Map(
    rowsOf(read('docs/reference/environment.md')).map(([name, readers = '']) => [wordOf(name), readers]),
  );
  const sources = readBySources();

  it('has a row for each variable that the sources read, and for no other', () => {
    expect([...documented.keys()].sort()).toEqual([...sources.keys()].sort());
  });

  it.each([...documented])('tells who reads %s', (name, readers) => {
    expect(readers.split(', ').sort()).toEqual([...(sources.get(name) ?? [])].sort());
  });
});
