import { connectorName, connectorState } from '@jangbu/connect';
import { type Ledger, type RelayStatus, toRelayStatus } from '@jangbu/ledger-core';
import { findStack } from '@jangbu/stack';

export async function relayStatus(ledger: Ledger, database: string, now: Date): Promise<RelayStatus> {
  const lag = await ledger.lag();
  const connectUrl = process.env.CONNECT_URL ?? (await findStack('dev'))?.connectUrl;
  const name = connectorName(database, process.env.TOPIC_PREFIX ?? 'jangbu');
  return toRelayStatus(
    lag,
    connectUrl === undefined ? undefined : await connectorState(connectUrl, name),
    now,
  );
}

export function statusLines(status: RelayStatus): string[] {
  return [
    `source          ${status.source ?? 'none has read yet'}`,
    `lag             ${status.lagEvents} events, ${status.lagSeconds} s`,
    `oldest unsettled ${status.oldestUnsettledSeconds} s`,
    `dead letters    ${status.deadLetters}`,
    `connector       ${status.connector === null ? '-' : `${status.connector.state}, tasks ${status.connector.tasks.join(', ') || 'none'}`}`,
  ];
}
