import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Agreement } from '../log-in/grants.ts';

export interface IdTokens {
  sign(agreement: Agreement, now: Date, lifetimeMs: number): Promise<string>;
  /** The public keys, as /.well-known/jwks.json shows them. */
  keys(): Promise<{ keys: JWK[] }>;
}

const ISSUER = 'https://kauth.kakao.com';
const KEY_ID = 'sandbox-kakao-1';

/** Kakao's id tokens. The pair of keys is made when the first is asked for, because making one takes a tenth of a second. */
export function idTokens(): IdTokens {
  let made: ReturnType<typeof generateKeyPair> | undefined;
  const pair = () => {
    made ??= generateKeyPair('RS256');
    return made;
  };
  return {
    async sign({ clientId, person, nonce }, now, lifetimeMs) {
      const issuedAt = Math.floor(now.getTime() / 1_000);
      return new SignJWT({
        auth_time: issuedAt,
        nickname: person.nickname,
        ...(nonce === undefined ? {} : { nonce }),
      })
        .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(clientId)
        .setSubject(String(person.kakaoId))
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + Math.floor(lifetimeMs / 1_000))
        .sign((await pair()).privateKey);
    },
    async keys() {
      const key = await exportJWK((await pair()).publicKey);
      return { keys: [{ ...key, kid: KEY_ID, alg: 'RS256', use: 'sig' }] };
    },
  };
}
