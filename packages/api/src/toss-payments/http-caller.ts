import { Agent as HttpAgent, request as httpRequest } from 'node:http';
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
 * Calls over connections that are kept. Node's own client, and not fetch, because it costs half as much a call and tells whether a
 * connection stood before the trouble came, which decides between "not sent" and "may have happened".
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

  function send(call: Call): Promise<Reply> {
    return new Promise((resolve) => {
      let isConnected = false;
      const fail = (reason: string) => {
        clearTimeout(timer);
        resolve(isConnected ? { got: 'nothing', reason } : { got: 'not_sent', reason, isBlocked: false });
      };
      const body = call.body ?? '';
      const sent = request({
        ...target,
        method: call.method,
        path: prefix + call.path,
        headers: {
          ...headers,
          ...call.headers,
          ...(body === ''
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      });
      const timer = setTimeout(() => {
        fail('time-out');
        sent.destroy();
      }, call.timeoutMs);
      sent.on('socket', (socket) => {
        if (!socket.connecting) isConnected = true;
        else socket.once(isSecure ? 'secureConnect' : 'connect', () => (isConnected = true));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));
      sent.on('response', (response) => {
        readBody(
          response,
          (text) => {
            clearTimeout(timer);
            resolve({ got: 'answer', status: response.statusCode ?? 0, body: parseJson(text) });
          },
          fail,
        );
      });
      sent.end(body);
    });
  }
  return { send, close: () => agent.destroy() };
}

function readBody(
  response: NodeJS.ReadableStream & { destroy(): void },
  onText: (text: string) => void,
  onTrouble: (reason: string) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_ANSWER_BYTES) chunks.push(chunk);
    else {
      onTrouble('answer too large');
      response.destroy();
    }
  });
  response.on('end', () => onText(Buffer.concat(chunks).toString('utf8')));
  response.on('error', (error: NodeJS.ErrnoException) => onTrouble(error.code ?? error.name));
}

/** Undefined where it is not JSON, as the page of a gateway. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
