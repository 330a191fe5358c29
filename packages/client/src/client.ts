import type { Given, ItemOf, ListPath, Method, OptionsOf, PathOf, ResultOf, TextPath } from './call-types.ts';
import { KEYED_PATHS } from './keyed-paths.ts';
import { itemsOf } from './list.ts';
import type { ClientOptions } from './options.ts';
import { createTransport, type Reply } from './transport.ts';
import { type PathValues, type QueryValues, urlOf } from './url.ts';

/** What an answer says beside its result. */
export interface Answer<Result> {
  readonly status: number;
  readonly result: Result;
  readonly headers: Headers;
  readonly requestId: string | undefined;
  /** The API gave this answer to this Idempotency-Key before, and did nothing now. */
  readonly isReplay: boolean;
}

/**
 * The API's operations, by method and path as the document writes them. What a call resolves to is the answer's `result`; a refusal is
 * thrown as an `ApiError`. A call that failed for the moment is sent again where that can do no harm.
 */
export interface Client {
  get<P extends PathOf<'get'>>(path: P, ...options: Given<OptionsOf<'get', P>>): Promise<ResultOf<'get', P>>;
  post<P extends PathOf<'post'>>(
    path: P,
    ...options: Given<OptionsOf<'post', P>>
  ): Promise<ResultOf<'post', P>>;
  put<P extends PathOf<'put'>>(path: P, ...options: Given<OptionsOf<'put', P>>): Promise<ResultOf<'put', P>>;
  patch<P extends PathOf<'patch'>>(
    path: P,
    ...options: Given<OptionsOf<'patch', P>>
  ): Promise<ResultOf<'patch', P>>;
  delete<P extends PathOf<'delete'>>(
    path: P,
    ...options: Given<OptionsOf<'delete', P>>
  ): Promise<ResultOf<'delete', P>>;
  /** Any of them, with what the answer says beside its result, such as whether it is 200 or 202. */
  send<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    ...options: Given<OptionsOf<M, P>>
  ): Promise<Answer<ResultOf<M, P>>>;
  /** Every item of a list, page after page as they are asked for. `query.limit` is how many a page has. */
  list<P extends ListPath>(path: P, ...options: Given<OptionsOf<'get', P>>): AsyncIterable<ItemOf<P>>;
  /** What is no JSON, such as the trial balance with `format: 'csv'`. */
  text<P extends TextPath>(path: P, ...options: Given<OptionsOf<'get', P>>): Promise<string>;
}

/** What the options of any operation come to. */
interface AnyOptions {
  readonly params?: PathValues;
  readonly query?: QueryValues;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}
type AnyCall = (path: string, options?: AnyOptions) => Promise<unknown>;

/** A client of the API at `baseUrl`. It keeps no connection and no state. */
export function createClient(options: ClientOptions): Client {
  const base = options.baseUrl.replace(/\/+$/, '');
  const transport = createTransport(options);

  function reply(
    method: Method,
    path: string,
    wants: 'json' | 'text',
    given: AnyOptions = {},
  ): Promise<Reply> {
    const { params = {}, query = {}, body, signal } = given;
    const idempotencyKey = keyOf(method, path, given.idempotencyKey);
    return transport({
      method: method.toUpperCase(),
      url: base + urlOf(path, params, query),
      wants,
      body: body === undefined ? undefined : JSON.stringify(body),
      idempotencyKey,
      isRepeatable: idempotencyKey !== undefined || ['get', 'put', 'delete'].includes(method),
      signal,
    });
  }
  const send = async (method: Method, path: string, given?: AnyOptions): Promise<Answer<unknown>> =>
    answerOf(await reply(method, path, 'json', given));
  const calling =
    (method: Method): AnyCall =>
    async (path, given) =>
      (await send(method, path, given)).result;
  const get = calling('get');
  const untyped = {
    get,
    post: calling('post'),
    put: calling('put'),
    patch: calling('patch'),
    delete: calling('delete'),
    send,
    list: (path: string, given: AnyOptions = {}) =>
      itemsOf((cursor) => get(path, { ...given, query: { ...given.query, ...cursor } })),
    text: async (path: string, given?: AnyOptions) => (await reply('get', path, 'text', given)).text,
  };
  // The types say of each path what it takes and gives; what runs is the same for all of them.
  return untyped as unknown as Client;
}

/** A key for one act: 128 random bits. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keyOf(method: Method, path: string, given: string | undefined): string | undefined {
  if (method !== 'post' || !KEYED_PATHS.has(path)) return undefined;
  return given ?? newIdempotencyKey();
}

function answerOf({ status, headers, json }: Reply): Answer<unknown> {
  return {
    status,
    result: json?.['result'],
    headers,
    requestId: headers.get('X-Request-Id') ?? undefined,
    isReplay: headers.get('Idempotency-Replayed') === 'true',
  };
}
