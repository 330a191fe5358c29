import type { RelayStatus } from '@jangbu/ledger-core';
import type { AddRoute } from '../http/routes.ts';

export function relayStatusRoutes(readStatus: () => Promise<RelayStatus>) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/relay/status', {
      get: async (_request, response) => {
        response.json({ result: await readStatus() });
      },
    });
  };
}
