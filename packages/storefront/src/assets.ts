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

/** Every file of the page but its tests and its HTML, read and stripped once. */
export function readAssets(folder: string): Asset[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => TYPES[extname(name)] !== undefined && !/\.(test|d)\.ts$/.test(name))
    .sort()
    .map((name) => toAsset(folder, name));
}

function toAsset(folder: string, name: string): Asset {
  const text = readFileSync(join(folder, name), 'utf8');
  const extension = extname(name);
  const content = Buffer.from(extension === '.ts' ? stripTypeScriptTypes(text, { mode: 'strip' }) : text);
  return { name, type: TYPES[extension] ?? '', etag: etagOf(content), content };
}

export function etagOf(content: Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}
