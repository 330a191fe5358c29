import { Agent, request as httpRequest } from 'node:http';

/** A request as it goes over the wire: nothing is added to it, and its path stays as it is. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Sender {
  send(request: WireRequest): Promise<WireAnswer>;
  close(): void;
}

/** Sends what `fetch` would mend or refuse. What is not answered within twenty seconds has hung. */
export function createSender(urlOf: () => string): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    close: () => agent.destroy(),
    send: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
        const options = { agent, method, path, headers: { ...headers, ...length } };
        const sent = httpRequest(urlOf(), options, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
          response.on('error', reject);
        });
        sent.setTimeout(20_000, () => sent.destroy(new Error(`${method} ${path} hung.`)));
        sent.on('error', reject);
        sent.end(body);
      }),
  };
}
