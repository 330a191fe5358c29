import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anchorsOf, filesBelow, linksOf, ROOT, read, targetOf } from './pages.ts';

const PAGES = filesBelow('.', (path) => path.endsWith('.md'));

describe('the documentation', () => {
  it.each(PAGES)('%s links to what is there', (page) => {
    const broken = linksOf(read(page)).filter((link) => {
      const target = targetOf(page, link);
      if (target === undefined) return false;
      if (!existsSync(join(ROOT, target))) return true;
      const anchor = link.split('#')[1];
      return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(PAGES)('%s names files that are there', (page) => {
    const named = [...read(page).matchAll(/`([\w./@-]+\/[\w./-]+\.(?:ts|mjs|json|sql|md|yml|csv|sh))`/g)];
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !path.startsWith('.stack/') && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it('is there where the sources point to it', () => {
    const sources = ['packages', 'stack', 'connect', 'scripts', 'load', 'migrations', 'test'].flatMap(
      (folder) => filesBelow(folder, (path) => /\.(ts|mjs|sql)$/.test(path)),
    );
    const named = sources.flatMap((path) =>
      [...read(path).matchAll(/\bdocs\/[\w./-]+\.md\b/g)].map(([page]) => ({ path, page })),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ page }) => !existsSync(join(ROOT, page)))).toEqual([]);
  });

  it('reaches every page from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const link of linksOf(read(page))) {
        const target = targetOf(page, link);
        if (target?.endsWith('.md') && existsSync(join(ROOT, target))) reached.add(target);
      }
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });
});
