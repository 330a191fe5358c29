import { connectorState } from '@jangbu/connect';
import { type Ledger, type RelayStatus, toRelayStatus } from '@jangbu/ledger-core';
import type { ApiConfig } from '../config.ts';

/** How settlement stands, from the database and, where there is one, from Kafka Connect. */
export async function readRelayStatus(
  { connectUrl, connectorName }: Pick<ApiConfig, 'connectUrl' | 'connectorName'>,
  ledger: Ledger,
  now: Date,
): Promise<RelayStatus> {
  const [lag, connector] = await Promise.all([
    ledger.lag(),
    connectUrl === undefined || connectorName === undefined
      ? undefined
      : connectorState(connectUrl, connectorName),
  ]);
  return toRelayStatus(lag, connector, now);
}
