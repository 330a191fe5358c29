import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** Takes the caller's X-Request-Id where it is sound, makes one where it is not, and answers with it. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : randomUUID();
  response.locals['requestId'] = id;
  response.setHeader('X-Request-Id', id);
  next();
};

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}
