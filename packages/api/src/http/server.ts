import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { answerClientErrors } from './client-errors.ts';

/** How long a client may take, in ms. */
export interface ClientTimes {
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a request, with its body. */
  readonly requestMs: number;
  /** Between two requests of a connection. */
  readonly idleMs: number;
  /** Without taking a byte of its answer. */
  readonly stalledMs: number;
  /** How often headers and requests are looked at. */
  readonly checkEveryMs: number;
}

/**
 * Idle longer than a proxy in front keeps a connection; headers and bodies longer than anybody needs to send them; stalled longer than
 * any answer takes to make.
 */
export const CLIENT_TIMES: ClientTimes = {
  headersMs: 20_000,
  requestMs: 30_000,
  idleMs: 65_000,
  stalledMs: 120_000,
  checkEveryMs: 1_000,
};

/** Of one connection. No browser and no proxy sends a second request before the first is answered. */
const MOST_REQUESTS_AT_ONCE = 32;

/** An HTTP server that waits for no client longer than these times, and answers what is no request as all else is answered. */
export function createHttpServer(listener: RequestListener, times: ClientTimes = CLIENT_TIMES): Server {
  const connections = new WeakMap<Socket, Connection>();
  const server = createServer(
    {
      headersTimeout: times.headersMs,
      requestTimeout: times.requestMs,
      keepAliveTimeout: times.idleMs,
      connectionsCheckingInterval: times.checkEveryMs,
    },
    (request, response) => {
      const { socket } = request;
      const connection = connections.get(socket) ?? { unanswered: new Set() };
      connections.set(socket, connection);
      connection.latest = request;
      connection.unanswered.add(response);
      response.once('close', () => {
        connection.unanswered.delete(response);
        // An idle connection would keep the whole of its last request: nine KB for each of a crowd.
        if (connection.latest === request && request.complete) delete connection.latest;
      });
      if (connection.unanswered.size > MOST_REQUESTS_AT_ONCE) socket.destroy();
      else listener(request, response);
    },
  );
  server.setTimeout(times.stalledMs);
  return answerClientErrors(server, (socket) => hasNoPlace(connections.get(socket)));
}

interface Connection {
  readonly unanswered: Set<ServerResponse>;
  latest?: IncomingMessage;
}

/**
 * Whether one more answer would stand in the midst of another, or be one too many: whoever shares the connection would take it for the
 * answer to what is asked next.
 */
function hasNoPlace(connection: Connection | undefined): boolean {
  if (connection === undefined) return false;
  const { latest, unanswered } = connection;
  const isAnswered = unanswered.size === 0 && latest?.complete === false;
  return isAnswered || [...unanswered].some(({ headersSent }) => headersSent);
}
