import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Reply } from './reply.ts';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** From the base URL on, percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From now until the answer's last byte. */
  readonly timeoutMs: number;
  /** Gives the call up before its time is over. */
  readonly signal?: AbortSignal;
}

export interface HttpCaller {
  /** Never rejects. */
  send(call: Call): Promise<Reply>;
  close(): void;
}

export interface HttpCallerOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxConnectionCount: number;
}

const LARGEST_ANSWER_BYTES = 1_048_576;

/**
 * Calls over connections that are kept. Node's own client, and not fetch, because it costs a third of the processor's time (70 µs
 * against 210 µs a call) and tells whether a connection stood before the trouble came, which decides between "not sent" and "may
 * have happened".
 */
export function httpCaller({ baseUrl, headers, maxConnectionCount }: HttpCallerOptions): HttpCaller {
  const base = new URL(baseUrl);
  const isSecure = base.protocol === 'https:';
  const agentOptions = { keepAlive: true, maxSockets: maxConnectionCount };
  const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const request = isSecure ? httpsRequest : httpRequest;
  const target = {
    agent,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port === '' ? undefined : base.port,
  };
  const prefix = base.pathname.replace(/\/$/, '');

  /** @throws TypeError where a header holds what headers cannot */
  function begin(call: Call): ClientRequest {
    const { method, path, body = '' } = call;
    const ofBody = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({
      ...target,
      method,
      path: prefix + path,
      headers: { ...headers, ...call.headers, ...(body === '' ? {} : ofBody) },
    });
    sent.end(body);
    return sent;
  }

  async function send(call: Call): Promise<Reply> {
    try {
      return await replyTo(begin(call), isSecure ? 'secureConnect' : 'connect', call);
    } catch (error) {
      return { got: 'not_sent', reason: reasonOf(error), isBlocked: false };
    }
  }
  return { send, close: () => agent.destroy() };
}

/** Waits for the answer, the first trouble or the end of the time, whichever comes first. */
function replyTo(sent: ClientRequest, connected: string, { timeoutMs, signal }: Call): Promise<Reply> {
  return new Promise((resolve) => {
    let isConnected = false;
    const fail = (reason: string) => {
      clearTimeout(timer);
      resolve(isConnected ? { got: 'nothing', reason } : { got: 'not_sent', reason, isBlocked: false });
      sent.destroy();
    };
    const timer = setTimeout(() => fail('time-out'), timeoutMs);
    const giveUp = () => fail('given up');
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    sent.once('close', () => signal?.removeEventListener('abort', giveUp));
    sent.on('socket', (socket) => {
      if (!socket.connecting) isConnected = true;
      else socket.once(connected, () => (isConnected = true));
    });
    sent.on('error', (error) => fail(reasonOf(error)));
    sent.on('response', (response) => {
      readBody(response, fail, (text) => {
        clearTimeout(timer);
        resolve({ got: 'answer', status: response.statusCode ?? 0, body: parseJson(text) });
      });
    });
  });
}

function readBody(
  response: IncomingMessage,
  onTrouble: (reason: string) => void,
  onText: (text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_ANSWER_BYTES) chunks.push(chunk);
    else onTrouble('answer too large');
  });
  response.on('end', () => onText(Buffer.concat(chunks).toString('utf8')));
  response.on('error', (error) => onTrouble(reasonOf(error)));
}

/** The code, and never the message: it can hold what was sent. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
}

/** Undefined where it is not JSON, as the page of a gateway. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
