import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiAnswer, type ApiRequest, DROPPED, type Route } from './http/exchange.ts';
import { readBody } from './http/read-body.ts';
import { createRouter, type Match } from './http/router.ts';

export interface RunningServer {
  readonly port: number;
  /** Takes no more connections, lets answers under way finish for `graceMs`, and then cuts what is left. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly graceMs: number;
  readonly onTrouble: (error: unknown) => void;
}

export async function startServer({
  host,
  port,
  routes,
  graceMs,
  onTrouble,
}: ServerOptions): Promise<RunningServer> {
  const match = createRouter(routes);
  const server = createServer((message, response) => {
    serve(match, message, response).catch((error) => {
      onTrouble(error);
      send(response, problem(500, 'SANDBOX_ERROR', 'The sandbox itself failed; see its log.'));
    });
  });
  // Longer than any client keeps an idle connection, so that it is never the server that closes one under a request.
  server.keepAliveTimeout = 65_000;
  await listen(server, host, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server, graceMs) };
}

async function serve(
  match: (method: string, path: string) => Match,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = message.method ?? '';
  const [path = '', search = ''] = (message.url ?? '').split('?', 2);
  const matched = match(method, path);
  if (matched.found === 'nothing') {
    return send(response, problem(404, 'NOT_FOUND', `There is nothing at ${path}.`));
  }
  if (matched.found === 'other-methods') {
    const refusal = problem(405, 'METHOD_NOT_ALLOWED', `${method} is not for ${path}.`);
    return send(response, { ...refusal, headers: { allow: matched.allowed.join(', ') } });
  }
  const request: ApiRequest = {
    method,
    path,
    params: matched.params,
    query: new URLSearchParams(search),
    headers: message.headers,
    body: await readBody(message),
  };
  const answer = await matched.route.handle(request);
  if (answer === DROPPED) message.socket.destroy();
  else send(response, answer);
}

function problem(status: number, code: string, message: string): ApiAnswer {
  return { status, body: { code, message } };
}

function send(response: ServerResponse, { status, body, headers, page, raw }: ApiAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const text = page ?? raw ?? (body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    ...headers,
    'content-type': page === undefined ? 'application/json;charset=UTF-8' : 'text/html;charset=UTF-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
