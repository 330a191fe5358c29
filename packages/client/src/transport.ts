import { ApiError } from './api-error.ts';
import type { ClientOptions } from './options.ts';
import { type Json, parseObject, problemOf } from './problem.ts';
import { type Patience, pauseBefore } from './retry.ts';

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly wants: 'json' | 'text';
  readonly body: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** Whether it does no harm that the API carries it out, and is sent it once more. */
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A good answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json | undefined;
}

export type Transport = (outgoing: Outgoing) => Promise<Reply>;

const USUAL_RETRIES = 2;
const USUAL_TIMEOUT_MS = 30_000;
const USUAL_LONGEST_PAUSE_MS = 10_000;

/** Sends a request until it is answered for good. @throws ApiError; the signal's reason where that aborted it */
export function createTransport(options: ClientOptions): Transport {
  const { retries = USUAL_RETRIES, longestPauseMs = USUAL_LONGEST_PAUSE_MS } = options;
  const patience: Patience = { retries, longestPauseMs, random: Math.random };
  return async (outgoing) => {
    for (let sent = 1; ; sent++) {
      const reply = await attempt(outgoing, options).catch(asApiError);
      if (!(reply instanceof ApiError)) return reply;
      const pauseMs = pauseBefore(sent, reply, outgoing, patience);
      if (pauseMs === undefined) throw reply;
      await pause(pauseMs, outgoing.signal);
    }
  };
}

/** What else is thrown is no failure of the request, and goes on. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

async function attempt(outgoing: Outgoing, options: ClientOptions): Promise<Reply> {
  const { response, text } = await exchange(outgoing, options);
  const { status, headers } = response;
  const json = parseObject(text);
  const isReadable = outgoing.wants === 'text' || json !== undefined || text === '';
  if (response.ok && isReadable) return { status, headers, text, json };
  throw problemOf({ status, headers, json, idempotencyKey: outgoing.idempotencyKey });
}

/** One request and the whole of its answer, in its time. */
async function exchange(
  outgoing: Outgoing,
  options: ClientOptions,
): Promise<{ response: Response; text: string }> {
  const { method, url, body, signal } = outgoing;
  const { fetch: send = fetch, timeoutMs = USUAL_TIMEOUT_MS } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, {
      method,
      headers: headersOf(outgoing, options),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      ...(body === undefined ? {} : { body }),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    signal?.throwIfAborted();
    const { idempotencyKey } = outgoing;
    const message = timeout.aborted
      ? `No answer within ${timeoutMs} ms; the request may have been carried out.`
      : 'The API cannot be reached, or its answer was cut short; the request may have been carried out.';
    throw new ApiError({ code: 'unreachable', message, idempotencyKey, cause });
  }
}

function headersOf(
  { wants, body, idempotencyKey }: Outgoing,
  { token, headers }: ClientOptions,
): Record<string, string> {
  return {
    Accept: wants === 'json' ? 'application/json, application/problem+json' : 'text/*, */*;q=0.5',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    ...headers?.(),
  };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
