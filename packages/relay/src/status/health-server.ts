import { createServer, type Server, type ServerResponse } from 'node:http';
import type { RelayMetrics } from './metrics.ts';

export interface Health {
  /** Whether the relay can do its work now; `reasons` says why not. */
  ready(): Promise<{ ok: boolean; reasons: string[] }>;
  readonly metrics: Pick<RelayMetrics, 'contentType' | 'text'>;
}

/** Liveness and readiness for whatever runs this process, and metrics for whoever watches it. */
export function startHealthServer(
  health: Health,
  host: string,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'GET') return answer(405, { code: 'method_not_allowed' });
    if (request.url === '/health/live') return answer(200, { result: { ok: true } });
    if (request.url === '/metrics') return sendMetrics(health.metrics, response);
    if (request.url !== '/health/ready') return answer(404, { code: 'route_unknown' });
    const state = await health.ready().catch((error: Error) => ({ ok: false, reasons: [error.message] }));
    return answer(state.ok ? 200 : 503, { result: state });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () =>
      resolve({ url: `http://${host}:${portOf(server)}`, close: () => closed(server) }),
    );
  });
}

async function sendMetrics(
  { contentType, text }: Health['metrics'],
  response: ServerResponse,
): Promise<void> {
  const body = await text().catch(() => undefined);
  response.writeHead(body === undefined ? 503 : 200, { 'content-type': contentType });
  response.end(body ?? '# The database does not answer.\n');
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
