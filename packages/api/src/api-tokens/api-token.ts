import { digestOf } from '../log-in/attempt.ts';
import { newSecret } from '../sessions/session.ts';

/** Marks a text as one of our tokens, for people and for programs that look for leaked secrets. */
const PREFIX = 'jbt_';
const HINT_LENGTH = 10;

export interface MadeToken {
  /** Shown once, and stored nowhere. */
  readonly token: string;
  readonly digest: Buffer;
  /** By which its owner tells it from others. */
  readonly hint: string;
}

export function makeToken(): MadeToken {
  const token = `${PREFIX}${newSecret()}`;
  return { token, digest: digestOf(token), hint: token.slice(0, HINT_LENGTH) };
}

/** The digest by which a token is found; undefined for what cannot be one. */
export function tokenDigest(token: string): Buffer | undefined {
  return /^jbt_[A-Za-z0-9_-]{43}$/.test(token) ? digestOf(token) : undefined;
}
