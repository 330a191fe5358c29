import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { ShopError } from '../errors.ts';

/** What a request shows of where it comes from. */
export interface Provenance {
  readonly method: string;
  /** Of this service, as browsers write it: `https://shop.example`. */
  readonly ownOrigin: string;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site, which every browser of today sends, and no page can set. */
  readonly fetchSite: string | undefined;
  /** X-CSRF-Token. */
  readonly token: string | undefined;
}

export function provenanceOf(request: Request, ownOrigin: string): Provenance {
  return {
    method: request.method,
    ownOrigin,
    origin: request.get('Origin'),
    fetchSite: request.get('Sec-Fetch-Site'),
    token: request.get('X-CSRF-Token'),
  };
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The token that a page of this service sends with whatever changes something, made from the session's id: it is stored nowhere,
 * fits no other session, and tells nothing of the id.
 */
export function forgeryTokenOf(sessionId: string): string {
  return createHmac('sha256', sessionId).update('jangbu forgery token').digest('base64url');
}

/**
 * A browser sends its cookie along with what another site's page makes it do. So a request that changes something and is known by a
 * cookie has to come from a page of this service, and has to show the session's token.
 * @throws ShopError `request_forged`
 */
export function assertNotForged(sessionId: string, provenance: Provenance): void {
  if (SAFE_METHODS.has(provenance.method)) return;
  if (!isFromHere(provenance)) {
    throw new ShopError(
      'request_forged',
      'This request comes from another site, with the cookie of this one.',
    );
  }
  if (!isToken(provenance.token, forgeryTokenOf(sessionId))) {
    throw new ShopError(
      'request_forged',
      'Send the session’s csrfToken, which GET /api/me tells, as X-CSRF-Token.',
    );
  }
}

/** A client that is no browser sends neither header; the token is then what tells. */
function isFromHere({ origin, fetchSite, ownOrigin }: Provenance): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  return origin === undefined || origin === ownOrigin;
}

function isToken(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
