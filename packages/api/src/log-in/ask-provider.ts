import type { z } from 'zod';
import { ProviderError } from './provider.ts';

export interface Question {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Sent as a form: what it holds stays out of addresses, and so out of the logs of whoever stands between. */
  readonly form?: Readonly<Record<string, string>>;
  readonly accessToken?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** From the question until the last byte of the answer. A person waits in front of a browser. */
const PATIENCE_MS = 5_000;
const LARGEST_ANSWER_BYTES = 256 * 1024;

/** @throws ProviderError `unavailable` where there is no answer in time, or one that is no JSON, of 429 or of 5xx */
export async function askProvider(
  { url, method, form, accessToken }: Question,
  patienceMs: number = PATIENCE_MS,
): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const text = await readText(response);
    if (response.status === 429 || response.status >= 500) {
      throw new ProviderError('unavailable', `status ${response.status}`);
    }
    return { status: response.status, body: JSON.parse(text) };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    // Its name only: what fetch and JSON.parse say can repeat what was sent.
    throw new ProviderError('unavailable', error instanceof Error ? error.name : 'unknown');
  }
}

/** @throws ProviderError `unavailable` where an answer is not as the provider publishes it */
export function readAnswer<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProviderError('unavailable', 'an answer that is not as published');
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES) throw new ProviderError('unavailable', 'an answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
