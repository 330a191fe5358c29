import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What Swagger UI needs of its package, by the name under which it is served. */
const FILES: Readonly<Record<string, { readonly type: Asset['type']; readonly file: string }>> = {
  'swagger-ui.css': { type: 'text/css; charset=utf-8', file: 'swagger-ui-dist/swagger-ui.css' },
  'swagger-ui.js': { type: 'text/javascript; charset=utf-8', file: 'swagger-ui-dist/swagger-ui-bundle.js' },
};

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

export const DOCS_HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Jangbu: the API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<div id="page"></div>
<script src="/docs/assets/swagger-ui.js"></script>
<script src="/docs/assets/start.js"></script>
</html>
`;

/** The page loads from here and nowhere else. Swagger UI sets styles on its elements. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface Asset {
  readonly type: 'text/css; charset=utf-8' | 'text/javascript; charset=utf-8';
  readonly content: string | Buffer;
}

/** A file of the page; undefined where there is none of this name. */
export async function readAsset(name: string): Promise<Asset | undefined> {
  if (name === 'start.js') return { type: 'text/javascript; charset=utf-8', content: START };
  const known = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (known === undefined) return undefined;
  return { type: known.type, content: await readFile(createRequire(import.meta.url).resolve(known.file)) };
}
