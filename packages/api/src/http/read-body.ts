import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import { ShopError } from '../errors.ts';

export const BODY_LIMIT_BYTES = 64 * 1024;
/** No body that a route knows goes a quarter as deep; what works through one does so by recursion. */
const MOST_DEPTH = 32;

/** Reads a JSON body. What it is, is asked before it is read, and how large it is, while it is. */
export function readBody({ isOptional }: { isOptional: boolean }): RequestHandler[] {
  return [requireJson(isOptional), parseJson];
}

function requireJson(isOptional: boolean): RequestHandler {
  return (request, _response, next) => {
    const { 'content-length': length, 'transfer-encoding': transfer } = request.headers;
    if (transfer === undefined && (length === undefined || length === '0')) {
      if (isOptional) return next();
      throw new ShopError('body_missing', 'Send a JSON object as the body.');
    }
    if (request.is('application/json') === false) {
      throw new ShopError('media_type_unsupported', 'Send the body with Content-Type: application/json.');
    }
    next();
  };
}

const parseJson = express.json({
  limit: BODY_LIMIT_BYTES,
  verify(_request, _response, body, charset) {
    if (charset !== 'utf-8') throw new ShopError('media_type_unsupported', 'Send the body as JSON in UTF-8.');
    if (!isUtf8(body)) throw new ShopError('json_malformed', 'The body is not in UTF-8.');
    if (isDeeperThan(MOST_DEPTH, body)) {
      throw new ShopError('json_malformed', `The body is nested deeper than ${MOST_DEPTH} levels.`);
    }
  },
});

/** A string, in which brackets mean nothing, or a bracket. */
const STRING_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs;

export function isDeeperThan(most: number, json: Buffer): boolean {
  let depth = 0;
  for (const [part] of json.toString().matchAll(STRING_OR_BRACKET)) {
    if (part === '[' || part === '{') depth++;
    else if (part === ']' || part === '}') depth--;
    if (depth > most) return true;
  }
  return false;
}
