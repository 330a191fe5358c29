import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text for a cookie: who bears it has the cart of a visitor who has not logged in. */
export function newCartToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. Undefined for what cannot be one. */
export function cartTokenDigest(token: string | undefined): Buffer | undefined {
  if (token === undefined || !/^[\w-]{43}$/.test(token)) return undefined;
  return createHash('sha256').update(token).digest();
}
