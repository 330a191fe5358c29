export interface ClientOptions {
  /** Where the API is: `https://shop.example`. In a page of the API's own origin it may be empty. */
  readonly baseUrl: string;
  /** An API token. Without one, a browser's session or the sandbox's own member calls. */
  readonly token?: string | undefined;
  /** Further headers, asked for before each attempt. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined;
  /** What sends a request; the platform's own unless something else is given. */
  readonly fetch?: typeof fetch | undefined;
  /** How often a call that failed for the moment is sent again: 2 unless said otherwise; 0 for never. */
  readonly retries?: number | undefined;
  /** How long an attempt may take: 30 seconds unless said otherwise. */
  readonly timeoutMs?: number | undefined;
  /** The longest pause between two attempts: 10 seconds. Where the API asks for a longer one, the call fails at once and says so. */
  readonly longestPauseMs?: number | undefined;
}
