import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const CSS = 'text/css; charset=utf-8';
const JAVASCRIPT = 'text/javascript; charset=utf-8';

export interface Asset {
  readonly type: typeof CSS | typeof JAVASCRIPT;
  readonly content: Buffer;
}

/** What the page consists of, by the name under which it is served. */
const FILES: Readonly<Record<string, { readonly type: Asset['type']; readonly file: string }>> = {
  'swagger-ui.css': { type: CSS, file: fileOfPackage('swagger-ui-dist/swagger-ui.css') },
  'swagger-ui.js': { type: JAVASCRIPT, file: fileOfPackage('swagger-ui-dist/swagger-ui-bundle.js') },
  'page.css': { type: CSS, file: join(import.meta.dirname, 'page.css') },
  'start.js': { type: JAVASCRIPT, file: join(import.meta.dirname, 'start.js') },
};

export const DOCS_HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jangbu: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="stylesheet" href="/docs/assets/page.css">
<div id="page"></div>
<script src="/docs/assets/swagger-ui.js"></script>
<script src="/docs/assets/start.js"></script>
</html>
`;

/** The page loads from here and nowhere else. Swagger UI sets styles on its elements. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A file of the page; undefined where there is none of this name. */
export async function readAsset(name: string): Promise<Asset | undefined> {
  const known = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  return known && { type: known.type, content: await readFile(known.file) };
}

function fileOfPackage(path: string): string {
  return createRequire(import.meta.url).resolve(path);
}
