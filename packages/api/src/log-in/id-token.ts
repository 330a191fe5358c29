import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { ProviderError } from './provider.ts';

export interface IdTokenOptions {
  /** Where the provider shows its public keys. */
  readonly keysUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clock: () => Date;
}

/** Whom an id token is about. @throws ProviderError */
export type ReadSubject = (idToken: string | undefined, nonce: string) => Promise<string | undefined>;

const PATIENCE_MS = 5_000;
const CLOCK_TOLERANCE_S = 60;

/** An id token has to be signed by the provider, for us, in time, and about the very request that we made (OpenID Connect 3.1.3.7). */
export function idTokenReader({ keysUrl, issuer, clientId, clock }: IdTokenOptions): ReadSubject {
  const keys = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: PATIENCE_MS });
  return async (idToken, nonce) => {
    if (idToken === undefined) throw new ProviderError('refused', 'no id token');
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientId,
      algorithms: ['RS256'],
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: clock(),
      clockTolerance: CLOCK_TOLERANCE_S,
    }).catch((error: unknown) => {
      throw new ProviderError(isOfToken(error) ? 'refused' : 'unavailable', codeOf(error));
    });
    if (payload['nonce'] !== nonce) throw new ProviderError('refused', 'another nonce');
    return payload.sub;
  };
}

/** Whatever is not due to the token is due to the keys, which could not be had. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JOSEAlgNotAllowed
  );
}

function codeOf(error: unknown): string {
  return error instanceof errors.JOSEError ? error.code : 'keys not to be had';
}
