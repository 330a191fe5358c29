import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { StoredAnswer } from './idempotency/keys-table.ts';
import type { Answer, AnswerHeaders } from './route.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends what a handler returned. A stream that fails has begun its answer already, so the connection is cut. */
export async function sendAnswer(response: Response, answer: Answer): Promise<void> {
  const { status, headers = {}, result, content, type = 'application/octet-stream' } = answer;
  begin(response, status, headers);
  if (content instanceof Readable) {
    response.setHeader('Content-Type', type);
    await pipeline(content, response);
  } else if (content !== undefined) end(response, type, content);
  else if (result !== undefined) end(response, JSON_TYPE, JSON.stringify({ result }));
  else response.end();
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
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

function end(response: Response, type: string, text: string | Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
