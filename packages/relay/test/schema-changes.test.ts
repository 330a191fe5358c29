import { SHOP_MIGRATIONS } from '@jangbu/api';
import { migrate } from '@jangbu/ledger-core';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type OutboxStream, streamOutbox } from '../../../test/support/outbox-stream.ts';
import { type Mall, openMall } from './support/mall.ts';

let mall: Mall;
let stream: OutboxStream;

beforeAll(async () => {
  mall = await openMall();
  stream = await streamOutbox(mall.database);
}, 60_000);
afterAll(async () => {
  await stream.end();
  await mall.database.drop();
});

const untilPublished = (payments: bigint) =>
  waitFor(
    `${payments} payments to be in Kafka`,
    async () => (await stream.topics.paymentRecords()) === payments,
    {
      timeoutMs: 60_000,
    },
  );

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
