import { connectorName, connectorState } from '@jangbu/connect';
import { type Ledger, type RelayStatus, sourceOfTopic, toRelayStatus } from '@jangbu/ledger-core';
import { findStack, usualInstance } from '@jangbu/stack';

/** Asks Connect where the environment names one, or where Kafka was read last: MySQL itself is read without Connect. */
export async function relayStatus(ledger: Ledger, database: string, now: Date): Promise<RelayStatus> {
  const { CONNECT_URL, TOPIC_PREFIX } = process.env;
  const lag = await ledger.lag();
  const isViaKafka = lag.topic !== null && sourceOfTopic(lag.topic) === 'kafka';
  const connectUrl = CONNECT_URL || (isViaKafka ? (await findStack(usualInstance()))?.connectUrl : undefined);
  const name = connectorName(database, TOPIC_PREFIX || 'jangbu');
  const state = connectUrl === undefined ? undefined : await connectorState(connectUrl, name);
  return toRelayStatus(lag, state, now);
}

export function statusLines(status: RelayStatus): string[] {
  const { source, lagEvents, lagSeconds, oldestUnsettledSeconds, deadLetters, connector, binlogLoss } =
    status;
  const { relays, batchEvents, duplicatesDropped } = status;
  const tasks = connector?.tasks.join(', ') || 'none';
  return [
    `source            ${source ?? 'none has read yet'}`,
    ...(relays.length === 0 ? ['relay             none'] : relays.map(relayLine)),
    `lag               ${lagEvents} events, ${lagSeconds} s`,
    `oldest unsettled  ${oldestUnsettledSeconds} s`,
    `last batch        ${batchEvents} events`,
    `duplicates        ${duplicatesDropped} dropped`,
    `dead letters      ${deadLetters}`,
    `connector         ${connector === null ? '-' : `${connector.state}, tasks ${tasks}`}`,
    ...(binlogLoss === null ? [] : [`binlog            ${describeLoss(binlogLoss)}`]),
  ];
}

/** The embedded source has one leader, who reads all of it; of Kafka's topics each relay has some partitions. */
function relayLine({ relay, alive, topic, partitions, since }: RelayStatus['relays'][number]): string {
  const name = alive ? relay : `${relay}, which is silent`;
  return sourceOfTopic(topic) === 'embedded'
    ? `leader            ${name}, since ${since}`
    : `relay             ${name}, ${topic} ${partitions.join(', ')} since ${since}`;
}

function describeLoss({ purgedAt, healedAt }: NonNullable<RelayStatus['binlogLoss']>): string {
  const purged = `purged at ${purgedAt} before the connector had read it`;
  return healedAt === null
    ? `${purged}; the outbox is not read anew yet`
    : `${purged}; healed at ${healedAt}`;
}
