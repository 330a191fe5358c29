import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ShopError, type ShopErrorCode } from '../errors.ts';
import { toProblem } from './problems.ts';

/** What Node refuses before there is a request, by its own codes; anything else is no HTTP. */
const CODES: Readonly<Record<string, readonly [ShopErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'Address and headers may have 16 KiB together.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timed_out', 'The request did not come in time.'],
};
const UNREADABLE = ['request_invalid', 'This is no HTTP request.'] as const;

/**
 * Answers requests that cannot be read as all others are answered. Where there is no place for an answer,
 * because another has begun or was given already, the connection is cut.
 */
export function answerClientErrors(server: Server, hasNoPlace: (socket: Socket) => boolean): Server {
  return server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasNoPlace(socket)) {
      socket.destroy();
      return;
    }
    const [code, message] = CODES[error.code ?? ''] ?? UNREADABLE;
    const id = randomUUID();
    const { status, body } = toProblem(new ShopError(code, message), id);
    const text = JSON.stringify(body);
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'Connection: close',
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(text)}`,
        `X-Request-Id: ${id}`,
        '',
        text,
      ].join('\r\n'),
    );
  });
}
