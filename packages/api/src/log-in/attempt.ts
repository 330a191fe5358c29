import { createHash, createHmac } from 'node:crypto';

/** What an attempt to log in is recognised by when the browser comes back. Only digests of `state` and `browser` are stored. */
export interface Attempt {
  /** 256 random bits in the browser's cookie: nobody else can finish what this browser began. */
  readonly browser: string;
  /** 256 random bits that the provider hands back. */
  readonly state: string;
}

/** PKCE's verifier and its challenge (RFC 7636), and OpenID Connect's nonce. */
export interface Proofs {
  readonly verifier: string;
  readonly challenge: string;
  readonly nonce: string;
}

/** Derived from the browser's secret, so that they are stored nowhere. */
export function proofsOf({ browser, state }: Attempt): Proofs {
  const derive = (what: string) =>
    createHmac('sha256', browser).update(`${what} ${state}`).digest('base64url');
  const verifier = derive('verifier');
  return {
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    nonce: derive('nonce'),
  };
}

/** SHA-256: enough for a secret of 256 random bits, and quick to compare by an index. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const LONGEST_RETURN = 500;

/** Where the browser goes afterwards: a path of this service, and never another host, whatever a browser makes of the text. */
export function isPathHere(path: string): boolean {
  if (path.length > LONGEST_RETURN || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
  return new URL(path, 'http://here.invalid').origin === 'http://here.invalid';
}
