import type { AddRoute } from '../http/routes.ts';

/** Where the relay stands: `{source, lagEvents, lagSeconds, oldestUnsettledSeconds, deadLetters, connector}`. */
export type ReadRelayStatus = () => Promise<unknown>;

export function relayStatusRoutes(readStatus: ReadRelayStatus) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/relay/status', {
      get: async (_request, response) => {
        response.json({ result: await readStatus() });
      },
    });
  };
}
