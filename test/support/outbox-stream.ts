import { deleteConnector, outboxConnector, superviseConnector } from '@jangbu/connect';
import { startStack } from '@jangbu/stack';
import { connectView } from '../../scripts/system/connect-view.ts';
import type { PreparedDatabase } from '../../scripts/system/prepare-database.ts';
import { openTopics, type Topics } from './topics.ts';

/** Debezium on its way from a database's outbox to topics that are named after the database. */
export interface OutboxStream {
  readonly kafkaBrokers: string;
  readonly topics: Topics;
  /** Removes the connector, the topics and the groups that read them. */
  end(): Promise<void>;
}

/** Has the test stack's Debezium bring the outbox to Kafka. */
export async function streamOutbox(database: PreparedDatabase): Promise<OutboxStream> {
  const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
  const { connectUrl = '', kafkaBrokers = '' } = addresses;
  const seen = connectView(addresses, database.replicationUrl);
  const connector = outboxConnector({
    database: database.name,
    databaseUrl: seen.replicationUrl,
    kafkaBrokers: seen.kafkaBrokers,
    topicPrefix: database.name,
  });
  const supervised = superviseConnector({ connectUrl, connector });
  const topics = openTopics(kafkaBrokers, database.name);
  return {
    kafkaBrokers,
    topics,
    async end() {
      supervised.stop();
      await deleteConnector(connectUrl, connector.name);
      await topics.close();
    },
  };
}
