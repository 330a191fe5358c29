import { describe, expect, it } from '@jest/globals';
import { assertWhole, composeVariables } from './docker-platform.ts';

describe('composeVariables', () => {
  it('gives each known container its port, and the administrator no password, as natively', () => {
    expect(
      composeVariables({ mysql: { port: 3307, container: true }, kafka: { port: 9093, container: true } }),
    ).toEqual({ JANGBU_MYSQL_ROOT_PASSWORD: '', JANGBU_MYSQL_PORT: '3307', JANGBU_KAFKA_PORT: '9093' });
  });
});

describe('assertWhole', () => {
  it('refuses a Connect in a container whose Kafka or MySQL is outside', () => {
    expect(() => assertWhole(['connect'], { kafka: 'localhost:9092', mysql: 'mysql://db' })).toThrow(
      'Connect would run in a container, and mysql and kafka outside',
    );
  });

  it('takes all three, and servers that need no other', () => {
    expect(() => assertWhole(['mysql', 'kafka', 'connect'], {})).not.toThrow();
    expect(() => assertWhole(['mysql'], { kafka: 'localhost:9092' })).not.toThrow();
  });
});
