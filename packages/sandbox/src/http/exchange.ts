/** What a provider's double sees of a request. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON, the fields of a form as URLSearchParams, undefined where there was no body, or UNREADABLE. */
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** HTML for a browser, in the body's place. */
  readonly page?: string;
  /** Sent as JSON, as it is, in the body's place: what only a fault answers. */
  readonly raw?: string;
}

/** The connection is destroyed and nothing is answered, as when a network or a gateway fails. */
export const DROPPED = 'dropped';

export type Handler = (
  request: ApiRequest,
) => ApiAnswer | typeof DROPPED | Promise<ApiAnswer | typeof DROPPED>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Segments that begin with a colon match anything: `/v1/payments/:paymentKey`. */
  readonly path: string;
  readonly handle: Handler;
}

/** The value of a header that may come once only. */
export function headerOf(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What came once of a query or a form, by name; of a field that came twice, the first. */
export function fieldsOf(request: ApiRequest): Readonly<Record<string, string>> {
  const form = request.body instanceof URLSearchParams ? [...request.body] : [];
  return Object.fromEntries([...request.query, ...form].reverse());
}
