import { deleteConnector, outboxConnector, putConnector } from '@jangbu/connect';
import type { Stack } from '@jangbu/stack';
import { connectView } from '../../scripts/system/connect-view.ts';
import type { PreparedDatabase } from '../../scripts/system/prepare-database.ts';

/**
 * The same outbox to the same topics under another name: it knows nothing of what was published, and publishes all of it again.
 * Returns what removes it.
 */
export async function publishAllAgain(
  { addresses }: Stack,
  database: PreparedDatabase,
): Promise<() => Promise<void>> {
  const seen = connectView(addresses, database.replicationUrl);
  const name = `again-${database.name}`;
  const { config } = outboxConnector({
    database: database.name,
    databaseUrl: seen.replicationUrl,
    kafkaBrokers: seen.kafkaBrokers,
    topicPrefix: database.name,
  });
  const connectUrl = addresses.connectUrl ?? '';
  await putConnector(connectUrl, name, {
    ...config,
    'topic.prefix': name,
    'database.server.id': String(Number(config['database.server.id']) + 1),
    'schema.history.internal.kafka.topic': `${name}-schema-history`,
    'predicates.isOutbox.pattern': `${name}\\.${database.name}\\.outbox`,
  });
  return () => deleteConnector(connectUrl, name);
}
