import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { etagOf, hasCurrent } from './etag.ts';
import type { StoredAnswer } from './idempotency/keys-table.ts';
import type { Answer, AnswerHeaders, Route } from './route.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends what a handler returned. A stream that fails has begun its answer already, so the connection is cut. */
export async function sendAnswer(
  { etag }: Pick<Route, 'etag'>,
  request: Request,
  response: Response,
  answer: Answer,
): Promise<void> {
  const { status, headers = {}, result, content, type = 'application/octet-stream' } = answer;
  begin(response, status, headers);
  if (content instanceof Readable) {
    response.setHeader('Content-Type', type);
    return pipeline(content, response);
  }
  const text = content ?? (result === undefined ? undefined : JSON.stringify({ result }));
  if (text === undefined) response.end();
  else if (etag && isCurrent(request, response, text)) response.status(304).end();
  else end(response, content === undefined ? JSON_TYPE : type, text);
}

/** Sends the first answer to a request that came again, byte for byte. */
export function sendAgain(response: Response, { status, headers, text }: StoredAnswer): void {
  begin(response, status, headers);
  response.setHeader('Idempotency-Replayed', 'true');
  if (text === null) response.end();
  else end(response, JSON_TYPE, text);
}

function begin(response: Response, status: number, headers: AnswerHeaders): void {
  response.status(status);
  // Whatever is somebody's own is kept by nobody in between; a route that knows better says so.
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

function isCurrent(request: Request, response: Response, text: string | Buffer): boolean {
  const etag = etagOf(text);
  response.setHeader('ETag', etag);
  if (response.getHeader('Cache-Control') === 'no-store') response.setHeader('Cache-Control', 'no-cache');
  return hasCurrent(request, etag);
}

function end(response: Response, type: string, text: string | Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
