import type { IncomingMessage } from 'node:http';

/** Stands for a body that is malformed or too large. Each provider words that error in its own way, so its schemas refuse it. */
export const UNREADABLE = Symbol('unreadable body');

const LARGEST_BODY_BYTES = 64 * 1024;

/**
 * Reads a body: the fields of a form where it says that it is one, and JSON otherwise, whatever its content type says; an empty
 * body is undefined. What is too large is read and thrown away.
 */
export async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  if (size === 0) return undefined;
  if (size > LARGEST_BODY_BYTES) return UNREADABLE;
  const text = Buffer.concat(chunks).toString('utf8');
  if (isForm(message.headers['content-type'])) return new URLSearchParams(text);
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}
