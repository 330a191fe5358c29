import { createHash } from 'node:crypto';
import template from '../outbox-connector.json' with { type: 'json' };

/** A connector as Kafka Connect's REST API takes it. */
export interface OutboxConnector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface OutboxConnectorOptions {
  /** The database whose `outbox` table is streamed. */
  readonly database: string;
  /** `mysql://user:password@host:port`, as Connect reaches it: the user with the replication privileges. */
  readonly databaseUrl: string;
  /** As Connect reaches them: the connector keeps its schema history in Kafka. */
  readonly kafkaBrokers: string;
  /** Events go to `<topicPrefix>.<aggregate type>`. */
  readonly topicPrefix: string;
}

/** The connector of one database's outbox: connect/outbox-connector.json, with what differs from place to place. */
export function outboxConnector({
  database,
  databaseUrl,
  kafkaBrokers,
  topicPrefix,
}: OutboxConnectorOptions): OutboxConnector {
  const url = new URL(databaseUrl);
  const name = connectorName(database, topicPrefix);
  return {
    name,
    config: {
      ...template,
      'database.hostname': url.hostname,
      'database.port': url.port === '' ? '3306' : url.port,
      'database.user': decodeURIComponent(url.username),
      'database.password': decodeURIComponent(url.password),
      'database.server.id': String(serverId(name)),
      'database.include.list': database,
      'table.include.list': `${database}.outbox`,
      'topic.prefix': name,
      'schema.history.internal.kafka.bootstrap.servers': kafkaBrokers,
      'schema.history.internal.kafka.topic': `${name}-schema-history`,
      'transforms.outbox.route.topic.replacement': `${topicPrefix}.\${routedByValue}`,
      'predicates.isOutbox.pattern': `${name}\\.${database}\\.outbox`,
    },
  };
}

export function connectorName(database: string, topicPrefix: string): string {
  return `outbox-${topicPrefix}-${database}`;
}

/** MySQL tells its replicas apart by number: the same one for the same connector, and hardly ever that of another. */
function serverId(name: string): number {
  return 1_000_000 + (createHash('sha256').update(name).digest().readUInt32BE(0) % 1_000_000_000);
}
