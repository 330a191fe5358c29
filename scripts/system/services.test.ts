import { describe, expect, it } from '@jest/globals';
import { planServices } from './services.ts';

const database = {
  name: 'mall',
  adminUrl: 'mysql://root@127.0.0.1:3307/mall',
  runtimeUrl: 'mysql://mall_app:a@127.0.0.1:3307/mall',
  replicationUrl: 'mysql://mall_cdc:b@127.0.0.1:3307/mall',
};
const addresses = {
  databaseUrl: 'mysql://root@127.0.0.1:3307',
  kafkaBrokers: '127.0.0.1:9093',
  connectUrl: 'http://127.0.0.1:8084',
};
const plan = { database, ports: { api: 1, relay: 2, sandbox: 3 }, folder: '/logs' };

describe('planServices', () => {
  it('tells Connect what this process sees, when both run on this machine', () => {
    expect(planServices({ ...plan, addresses, source: 'kafka' }).relay.env).toMatchObject({
      KAFKA_BROKERS: '127.0.0.1:9093',
      CONNECT_KAFKA_BROKERS: '127.0.0.1:9093',
      REPLICATION_DATABASE_URL: database.replicationUrl,
      CONNECTOR_NAME: 'outbox-jangbu-mall',
    });
  });

  it('tells a Connect in a container what the container sees, and nobody else', () => {
    const seenByConnect = { mysql: 'mysql:3306', kafka: 'kafka:19092' };
    const { relay } = planServices({
      ...plan,
      addresses: { ...addresses, seenByConnect },
      source: 'kafka',
    });
    expect(relay.env).toMatchObject({
      DATABASE_URL: database.runtimeUrl,
      KAFKA_BROKERS: '127.0.0.1:9093',
      CONNECT_KAFKA_BROKERS: 'kafka:19092',
      REPLICATION_DATABASE_URL: 'mysql://mall_cdc:b@mysql:3306/mall',
    });
  });

  it('names neither Kafka nor Connect to an embedded relay', () => {
    const { relay } = planServices({ ...plan, addresses, source: 'embedded' });
    expect(Object.keys(relay.env).filter((name) => /KAFKA|CONNECT/.test(name))).toEqual([]);
  });
});
