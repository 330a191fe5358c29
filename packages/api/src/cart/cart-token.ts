import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text for a cookie: who bears it has the cart of a visitor who has not logged in. */
export function newCartToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text can be one. */
export function isCartToken(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{43}$/.test(text);
}

/** What is kept of a token. */
export function cartTokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
