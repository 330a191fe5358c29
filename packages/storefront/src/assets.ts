import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';

/** A file as a browser gets it. */
export interface Asset {
  /** Below the page's folder: `views/cart.ts`. */
  readonly name: string;
  readonly type: string;
  readonly etag: string;
  readonly content: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  // What the types were stripped off is JavaScript, under the name that its imports spell.
  '.ts': 'text/javascript; charset=utf-8',
};

/** The names of packages that modules import, and where a browser finds them. */
export type Packages = Readonly<Record<string, string>>;

/** Every file of a folder that a page consists of, read and stripped once: all but tests, HTML and what holds types alone. */
export function readAssets(folder: string, packages: Packages): Asset[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => TYPES[extname(name)] !== undefined && !/\.(test|d)\.ts$/.test(name))
    .sort()
    .map((name) => toAsset(folder, name, packages))
    .filter(({ content }) => !isEmpty(content.toString()));
}

function toAsset(folder: string, name: string, packages: Packages): Asset {
  const text = readFileSync(join(folder, name), 'utf8');
  const extension = extname(name);
  const content = Buffer.from(extension === '.ts' ? toJavaScript(text, packages) : text);
  return { name, type: TYPES[extension] ?? '', etag: etagOf(content), content };
}

/** A browser knows no packages, and an import map would have to stand inline in the page, which its policy refuses. */
function toJavaScript(text: string, packages: Packages): string {
  const stripped = stripTypeScriptTypes(text, { mode: 'strip' });
  return Object.entries(packages).reduce(
    (code, [name, path]) => code.replaceAll(` from '${name}';`, ` from '${path}';`),
    stripped,
  );
}

/** Whether nothing is there but comments: no module asks for what held types alone. */
function isEmpty(code: string): boolean {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim() === '';
}

export function etagOf(content: Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}
