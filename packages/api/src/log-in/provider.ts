export const PROVIDERS = ['naver', 'kakao'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** Who somebody is to a provider. */
export interface Person {
  /** The provider's id of the person for this application; it never changes. */
  readonly subject: string;
  /** What the person is called, where the provider says so. */
  readonly name: string | undefined;
}

export interface ProviderTokens {
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  /** Undefined where a refresh leaves it as it was. */
  readonly refreshToken: string | undefined;
}

export interface AuthorizationRequest {
  readonly state: string;
  readonly redirectUri: string;
  /** PKCE's, and OpenID Connect's, for the provider that takes them. */
  readonly challenge: string;
  readonly nonce: string;
}

export interface CodeExchange {
  readonly code: string;
  readonly state: string;
  readonly redirectUri: string;
  readonly verifier: string;
  readonly nonce: string;
}

/** A provider of log-in. Every method but the first asks it over the network and throws ProviderError. */
export interface LogInProvider {
  /** Where the browser is sent, so that the person agrees there. */
  authorizeUrl(request: AuthorizationRequest): string;
  exchange(exchange: CodeExchange): Promise<{ readonly tokens: ProviderTokens; readonly person: Person }>;
  refresh(refreshToken: string): Promise<ProviderTokens>;
  /** Ends the link between the person and this application, and with it every token. */
  unlink(accessToken: string): Promise<void>;
}

export type Providers = Readonly<Record<ProviderName, LogInProvider>>;

/** `refused`: it said no to what was asked, such as a code. `unavailable`: it did not answer, or not as it publishes. */
export class ProviderError extends Error {
  readonly reason: 'refused' | 'unavailable';
  /** The provider's own code or what went wrong; never what it says in words, which can repeat a code or a token. */
  readonly detail: string;

  constructor(reason: 'refused' | 'unavailable', detail: string) {
    super(`The log-in provider: ${reason}, ${detail}`);
    this.name = 'ProviderError';
    this.reason = reason;
    this.detail = detail;
  }
}
