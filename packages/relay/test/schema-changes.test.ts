import { SHOP_MIGRATIONS } from '@jangbu/api';
import { deleteConnector, outboxConnector, superviseConnector } from '@jangbu/connect';
import { migrate } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectView } from '../../../scripts/system/connect-view.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { openTopics } from '../../../test/support/topics.ts';
import { type Mall, openMall } from './support/mall.ts';

let mall: Mall;
let topics: ReturnType<typeof openTopics>;
let end: () => Promise<void>;

beforeAll(async () => {
  const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
  const { connectUrl = '', kafkaBrokers = '' } = addresses;
  mall = await openMall();
  const { database } = mall;
  const seen = connectView(addresses, database.replicationUrl);
  const connector = outboxConnector({
    database: database.name,
    databaseUrl: seen.replicationUrl,
    kafkaBrokers: seen.kafkaBrokers,
    topicPrefix: database.name,
  });
  const supervised = superviseConnector({ connectUrl, connector });
  topics = openTopics(kafkaBrokers, database.name);
  end = async () => {
    supervised.stop();
    await deleteConnector(connectUrl, connector.name);
    await topics.close();
    await database.drop();
  };
}, 60_000);
afterAll(() => end());

const untilPublished = (payments: bigint) =>
  waitFor(`${payments} payments to be in Kafka`, async () => (await topics.paymentRecords()) === payments, {
    timeoutMs: 60_000,
  });

it('goes on publishing while tables beside the outbox are made and changed, also in words that Debezium cannot read', async () => {
  await mall.write(1);
  await untilPublished(1n);
  const { admin } = mall.database;
  await migrate(admin, { groups: SHOP_MIGRATIONS });
  // A name that MySQL takes and Debezium's parser does not.
  await admin.raw('CREATE TABLE links (link_id INT PRIMARY KEY, url VARCHAR(500) NOT NULL)');
  await admin.raw('ALTER TABLE links ADD COLUMN place VECTOR(8) NULL');
  await mall.write(1);
  await untilPublished(2n);
  await mall.settle();
  expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true });
}, 150_000);
