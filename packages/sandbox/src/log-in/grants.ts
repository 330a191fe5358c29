import { createHash } from 'node:crypto';
import type { Person } from './people.ts';

/** What a person agreed to, for one application. */
export interface Agreement {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** Of PKCE's S256. */
  readonly challenge: string | undefined;
}

export interface Grant {
  readonly clientId: string;
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export interface Redemption {
  readonly clientId: string;
  /** Undefined where the provider does not ask for it again. */
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

export type Redeemed =
  | { readonly redeemed: Agreement }
  | { readonly refused: 'unknown' | 'other_redirect_uri' | 'wrong_verifier' };

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface GrantsOptions {
  readonly clock: () => Date;
  readonly newSecret: () => string;
  readonly codeMs: number;
  readonly accessMs: number;
  readonly refreshMs: number;
  /** How many codes, and how many tokens of each kind, are held at most; beyond it the oldest go. */
  readonly largest: number;
}

/** A provider's codes and tokens. A code works once, for the application and the address that it was given to. */
export class Grants {
  readonly #codes = new Map<string, Agreement & { readonly expiresAt: number }>();
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();
  readonly #options: GrantsOptions;

  constructor(options: GrantsOptions) {
    this.#options = options;
  }

  get refreshMs(): number {
    return this.#options.refreshMs;
  }

  get accessMs(): number {
    return this.#options.accessMs;
  }

  agree(agreement: Agreement): string {
    const code = this.#options.newSecret();
    this.#keep(this.#codes, code, { ...agreement, expiresAt: this.#in(this.#options.codeMs) });
    return code;
  }

  redeem(code: string, { clientId, redirectUri, verifier }: Redemption): Redeemed {
    const agreement = this.#codes.get(code);
    if (agreement === undefined || this.#hasPassed(agreement) || agreement.clientId !== clientId) {
      return { refused: 'unknown' };
    }
    if (redirectUri !== undefined && redirectUri !== agreement.redirectUri) {
      return { refused: 'other_redirect_uri' };
    }
    const { challenge } = agreement;
    if (challenge !== undefined && (verifier === undefined || challengeOf(verifier) !== challenge)) {
      return { refused: 'wrong_verifier' };
    }
    this.#codes.delete(code);
    return { redeemed: agreement };
  }

  issue({ clientId, person, scopes }: Pick<Grant, 'clientId' | 'person' | 'scopes'>): Tokens {
    const refreshToken = this.#options.newSecret();
    const grant = { clientId, person, scopes };
    this.#keep(this.#refresh, refreshToken, { ...grant, expiresAt: this.#in(this.#options.refreshMs) });
    return { accessToken: this.#issueAccess(grant), refreshToken };
  }

  /** A fresh access token, and what is left of the refresh token, in ms; undefined where that is not good. */
  refresh(
    refreshToken: string,
    clientId: string,
  ): { accessToken: string; leftMs: number; grant: Grant } | undefined {
    const grant = this.#refresh.get(refreshToken);
    if (grant === undefined || this.#hasPassed(grant) || grant.clientId !== clientId) return undefined;
    const leftMs = grant.expiresAt - this.#options.clock().getTime();
    return { accessToken: this.#issueAccess(grant), leftMs, grant };
  }

  find(accessToken: string): Grant | undefined {
    const grant = this.#access.get(accessToken);
    return grant === undefined || this.#hasPassed(grant) ? undefined : grant;
  }

  /** Takes every token that the application has of the person. */
  unlink({ clientId, person }: Pick<Grant, 'clientId' | 'person'>): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, grant] of tokens) {
        if (grant.clientId === clientId && grant.person.key === person.key) tokens.delete(token);
      }
    }
  }

  #issueAccess({ clientId, person, scopes }: Pick<Grant, 'clientId' | 'person' | 'scopes'>): string {
    const accessToken = this.#options.newSecret();
    const expiresAt = this.#in(this.#options.accessMs);
    this.#keep(this.#access, accessToken, { clientId, person, scopes, expiresAt });
    return accessToken;
  }

  #in(ms: number): number {
    return this.#options.clock().getTime() + ms;
  }

  #hasPassed({ expiresAt }: { readonly expiresAt: number }): boolean {
    return this.#options.clock().getTime() >= expiresAt;
  }

  #keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
    const [oldest] = kept.keys();
    if (kept.size >= this.#options.largest && oldest !== undefined) kept.delete(oldest);
    kept.set(key, value);
  }
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
