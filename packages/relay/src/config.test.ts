import { describe, expect, it } from '@jest/globals';
import { readRelayConfig } from './config.ts';

const DATABASE_URL = 'mysql://app:secret@127.0.0.1:3306/jangbu';

describe('readRelayConfig', () => {
  it('reads MySQL itself where no Kafka is named', () => {
    expect(readRelayConfig({ DATABASE_URL })).toMatchObject({
      source: { kind: 'embedded' },
      port: 8082,
      mode: 'sandbox',
    });
  });

  it('reads Kafka where brokers are named', () => {
    const { source } = readRelayConfig({ DATABASE_URL, KAFKA_BROKERS: 'a:9092,b:9092' });
    expect(source).toEqual({
      kind: 'kafka',
      brokers: ['a:9092', 'b:9092'],
      topicPrefix: 'jangbu',
      hasDeadLetterTopics: true,
    });
    const env = { DATABASE_URL, KAFKA_BROKERS: 'a:9092', DEAD_LETTER_TOPICS: 'off' };
    expect(readRelayConfig(env).source).toMatchObject({ hasDeadLetterTopics: false });
  });

  it('looks after the connector where Connect and its user are named, with Kafka as Connect sees it', () => {
    const env = {
      DATABASE_URL,
      KAFKA_BROKERS: '127.0.0.1:9092',
      CONNECT_URL: 'http://connect:8083',
      REPLICATION_DATABASE_URL: 'mysql://cdc@mysql:3306',
    };
    const expected = { connectUrl: env.CONNECT_URL, replicationUrl: env.REPLICATION_DATABASE_URL };
    expect(readRelayConfig(env).connector).toEqual({ ...expected, kafkaBrokers: '127.0.0.1:9092' });
    expect(readRelayConfig({ ...env, CONNECT_KAFKA_BROKERS: 'kafka:19092' }).connector).toEqual({
      ...expected,
      kafkaBrokers: 'kafka:19092',
    });
  });

  it('takes an empty variable as unset', () => {
    const empty = {
      KAFKA_BROKERS: '',
      CONNECT_URL: '',
      REPLICATION_DATABASE_URL: '',
      RELAY_PORT: '',
      TOPIC_PREFIX: '',
    };
    expect(readRelayConfig({ DATABASE_URL, ...empty })).toEqual(readRelayConfig({ DATABASE_URL }));
  });

  it('lists everything that is wrong at once, and no secret', () => {
    const read = () =>
      readRelayConfig({
        DATABASE_URL: 'postgres://u:secret@h/d',
        RELAY_SOURCE: 'kafka',
        RELAY_PORT: '99999',
      });
    expect(read).toThrow(/DATABASE_URL[\s\S]*RELAY_PORT[\s\S]*KAFKA_BROKERS/);
    expect(read).not.toThrow(/secret/);
  });
});
