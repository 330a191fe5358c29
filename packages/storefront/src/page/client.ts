/** A refusal of the API, or that it did not answer at all (`code` is then `unreachable`). */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Makes the same call, sent again, one and the same. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface Answer<Result> {
  readonly status: number;
  readonly result: Result;
}

let forgeryToken: string | null = null;

/** What a page of a session sends along, to show that it is this shop's. */
export function useForgeryToken(token: string | null): void {
  forgeryToken = token;
}

/** Asks the API. @throws Problem; DOMException where the signal aborted it */
export async function call<Result>(path: string, options: Call = {}): Promise<Answer<Result>> {
  const { method = 'GET', query = {}, body, idempotencyKey, signal } = options;
  const search = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey);
  if (forgeryToken !== null && method !== 'GET') headers.set('X-CSRF-Token', forgeryToken);
  const response = await send(search.size === 0 ? path : `${path}?${search}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  return toAnswer<Result>(response);
}

/** The same, for its result alone. */
export async function read<Result>(path: string, options: Call = {}): Promise<Result> {
  return (await call<Result>(path, options)).result;
}

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('unreachable', 0);
  }
}

async function toAnswer<Result>(response: Response): Promise<Answer<Result>> {
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return { status: response.status, result: json?.['result'] as Result };
  throw new Problem(String(json?.['code'] ?? 'unreachable'), response.status, json);
}

/** Something between here and the API may answer in its place. */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key for one act of a buyer: 128 random bits. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
