import { describe, expect, it } from '@jest/globals';
import { partsElsewhere, preferredPorts } from './environment.ts';

describe('partsElsewhere', () => {
  it('takes all three addresses', () => {
    const env = {
      DATABASE_URL: 'mysql://root:p%40ss@db.example:3307',
      KAFKA_BROKERS: 'a.example:9092,b.example:9093',
      CONNECT_URL: 'https://connect.example',
    };
    expect(partsElsewhere(env)).toEqual({
      mysql: env.DATABASE_URL,
      kafka: env.KAFKA_BROKERS,
      connect: env.CONNECT_URL,
    });
  });

  it('takes what is given, and leaves the rest to be started', () => {
    expect(partsElsewhere({ KAFKA_BROKERS: 'kafka:9092', CONNECT_URL: '', PATH: '/bin' })).toEqual({
      kafka: 'kafka:9092',
    });
    expect(partsElsewhere({})).toEqual({});
  });

  it.each([
    ['DATABASE_URL', 'postgres://root:secret@db:5432'],
    ['DATABASE_URL', 'root:secret@db'],
    ['DATABASE_URL', 'mysql://'],
    ['KAFKA_BROKERS', 'secret'],
    ['KAFKA_BROKERS', 'kafka://secret:9092'],
    ['KAFKA_BROKERS', 'a:9092,,secret:9092'],
    ['CONNECT_URL', 'secret:8083'],
    ['CONNECT_URL', 'ftp://secret'],
  ])('refuses %s=%s with an example, and does not repeat it', (name, value) => {
    expect(() => partsElsewhere({ [name]: value })).toThrow(new RegExp(`^${name} must be such as `));
    expect(() => partsElsewhere({ [name]: value })).not.toThrow(/secret/);
  });
});

describe('preferredPorts', () => {
  it('prefers the usual ports for npm start, and none for other stacks', () => {
    expect(preferredPorts('dev', {})).toEqual({ mysql: 3306, kafka: 9092, connect: 8083 });
    expect(preferredPorts('test', { JANGBU_MYSQL_PORT: '3307' })).toEqual({});
  });

  it('takes ports from the environment', () => {
    expect(preferredPorts('dev', { JANGBU_MYSQL_PORT: '3307', JANGBU_KAFKA_PORT: '' })).toEqual({
      mysql: 3307,
      kafka: 9092,
      connect: 8083,
    });
  });

  it.each(['0', '65536', '-1', '3306.5', 'x', ' '])('refuses %j as a port', (text) => {
    expect(() => preferredPorts('dev', { JANGBU_MYSQL_PORT: text })).toThrow(/^JANGBU_MYSQL_PORT is a port/);
  });
});
