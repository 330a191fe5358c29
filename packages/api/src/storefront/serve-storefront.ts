import { createStorefront } from '@jangbu/storefront';
import type { RequestHandler } from 'express';

/** The shop's pages, for browsers: no routes of the API, so they stand in no document. Anything else goes on. */
export function serveStorefront(options: { readonly paymentWindowUrl: string }): RequestHandler {
  const storefront = createStorefront(options);
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const answer = storefront.answer(request.path, {
      acceptLanguage: request.get('Accept-Language'),
      ifNoneMatch: request.get('If-None-Match'),
    });
    if (answer === undefined) return next();
    response.status(answer.status).set(answer.headers);
    // Express leaves the body out of the answer to a HEAD.
    response.send(answer.status === 304 ? undefined : answer.content);
  };
}
