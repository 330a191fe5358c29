import { z } from 'zod';
import { ShopError } from '../../errors.ts';
import { defineRoute, type Route } from '../route.ts';
import { DOCS_HTML, DOCS_POLICY, readAsset } from './docs-page/docs-page.ts';

/** The document, as text, and a page for people that needs nothing from elsewhere. */
export function documentationRoutes(document: () => string): Route[] {
  return [documentRoute(document), pageRoute(), assetRoute()];
}

function documentRoute(document: () => string): Route {
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    summary: 'Read this document',
    tags: ['Documentation'],
    access: 'anyone',
    etag: true,
    answers: { 200: { description: 'OpenAPI 3.1', media: ['application/json; charset=utf-8'] } },
    problems: [],
    handle: () => ({ status: 200, type: 'application/json; charset=utf-8', content: document() }),
  });
}

function pageRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/docs',
    summary: 'Read this document as a page',
    tags: ['Documentation'],
    access: 'anyone',
    answers: { 200: { description: 'The page', media: ['text/html; charset=utf-8'] } },
    problems: [],
    handle: () => ({
      status: 200,
      headers: { 'Content-Security-Policy': DOCS_POLICY },
      type: 'text/html; charset=utf-8',
      content: DOCS_HTML,
    }),
  });
}

function assetRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/docs/assets/{name}',
    summary: 'Read a file of the page',
    tags: ['Documentation'],
    access: 'anyone',
    params: z.object({ name: z.string() }),
    etag: true,
    answers: {
      200: {
        description: 'The file',
        media: ['text/css; charset=utf-8', 'text/javascript; charset=utf-8'],
        headers: { 'Cache-Control': 'How long it may be kept' },
      },
    },
    problems: ['route_unknown'],
    async handle({ params }) {
      const asset = await readAsset(params.name);
      if (asset === undefined) throw new ShopError('route_unknown', 'There is no such file here.');
      return { status: 200, headers: { 'Cache-Control': 'public, max-age=86400' }, ...asset };
    },
  });
}
