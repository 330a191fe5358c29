import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..');

const SKIPPED = new Set(['node_modules', '.git', '.stack', 'results', 'dist', 'coverage']);

/** The files below a folder of the repository whose names a test accepts, from the root. */
export function filesBelow(folder: string, accepts: (path: string) => boolean): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (SKIPPED.has(entry.name)) return [];
      return entry.isDirectory() ? filesBelow(path, accepts) : [path];
    })
    .filter((path) => accepts(path));
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The cells of every table row of a page whose first cell is one code word: `| `word` | … |`. */
export function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => /^\| `[^`]+` \|/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
}

/** What stands between backticks at the start of a cell. */
export function wordOf(cell: string | undefined): string {
  return /^`([^`]+)`/.exec(cell ?? '')?.[1] ?? '';
}

/** Where a link of a page leads, from the root; undefined for one that leaves the repository. */
export function targetOf(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = ''] = link.split('#');
  return path === '' ? page : relative(ROOT, resolve(ROOT, page, '..', decodeURI(path)));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = withoutFences(markdown)
    .split('\n')
    .flatMap((line) => /^#{1,6} (.+)$/.exec(line)?.[1] ?? []);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The links of a page, code left out. */
export function linksOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replaceAll(/`[^`\n]*`/g, 'code');
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}
