import { createStorefront } from '@jangbu/storefront';
import type { Request, RequestHandler } from 'express';

/** The shop's pages, for browsers: no routes of the API, so they stand in no document. Anything else goes on. */
export function serveStorefront(options: { readonly paymentWindowUrl: string }): RequestHandler {
  const storefront = createStorefront(options);
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const asking = {
      acceptLanguage: request.get('Accept-Language'),
      ifNoneMatch: request.get('If-None-Match'),
    };
    const found = storefront.answer(request.path, asking);
    const answer = found ?? (isForPerson(request) ? storefront.notFound(asking) : undefined);
    if (answer === undefined) return next();
    response.status(answer.status).set(answer.headers);
    // Express leaves the body out of the answer to a HEAD.
    response.send(answer.status === 304 ? undefined : answer.content);
  };
}

/** A browser that shows a page, and no program that asks the API for what it has not. */
function isForPerson(request: Request): boolean {
  return !request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';
}
