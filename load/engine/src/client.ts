import { Agent, request } from 'node:http';

/** An answer, and how long it took from when the request was to be sent until its last byte was there, in ms. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  readonly tookMs: number;
}

/** A request of the flow. Its body is JSON. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/**
 * Sends requests over connections that are kept, as a gateway in front of the API keeps them. One that finds all of them busy opens another,
 * so none ever waits for another's answer, and the time for opening it counts.
 * @param target an http:// address
 */
export function createClient(target: string, timeoutMs: number) {
  const { hostname, port, pathname } = new URL(target);
  const prefix = pathname.replace(/\/$/, '');
  const base = { agent: new Agent({ keepAlive: true }), hostname: hostname.replace(/^\[|\]$/g, ''), port };

  /** @throws Error with a `code`, `ETIMEDOUT` where the answer was not there in time */
  return function send({ method, path, body }: Request): Promise<Answer> {
    const begunAt = performance.now();
    const headers = body === undefined ? {} : ofJson(body);
    return new Promise((settle, fail) => {
      const sent = request({ ...base, method, path: prefix + path, headers });
      const timer = setTimeout(() => sent.destroy(timeOut(timeoutMs)), timeoutMs);
      const end = (error: Error) => {
        clearTimeout(timer);
        fail(error);
      };
      sent.on('error', end);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('error', end);
        response.on('end', () => {
          clearTimeout(timer);
          const { statusCode: status = 0, headers } = response;
          settle({ status, headers, body: text, tookMs: performance.now() - begunAt });
        });
      });
      sent.end(body);
    });
  };
}

function ofJson(body: string) {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

function timeOut(ms: number): Error {
  return Object.assign(new Error(`no answer in ${ms} ms`), { code: 'ETIMEDOUT' });
}
