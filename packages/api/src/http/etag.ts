import { createHash } from 'node:crypto';
import type { Request } from 'express';

/** Tells one content from another. */
export function etagOf(content: string | Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}

/** Whether the client has this content: RFC 9110, 13.1.2, by which weak and strong tags are compared alike. */
export function hasCurrent(request: Request, etag: string): boolean {
  const header = request.get('If-None-Match');
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
