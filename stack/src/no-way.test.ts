import { describe, expect, it } from '@jest/globals';
import { noWay } from './no-way.ts';

describe('noWay', () => {
  it('says what was tried and why it failed, and names the three ways out', () => {
    const message = noWay({
      docker: 'no engine answers',
      native: 'apt-get ended with 127:\nspawn apt-get ENOENT',
    });
    expect(message.split('\n').slice(0, 4)).toEqual([
      'The servers could not be started.',
      'docker: no engine answers',
      'native: apt-get ended with 127:',
      'spawn apt-get ENOENT',
    ]);
    expect(message.match(/^ {2}[123]\. .*$/gm)).toHaveLength(3);
    expect(message).toMatch(/DATABASE_URL=.* KAFKA_BROKERS=.* CONNECT_URL=/);
  });

  it('is silent about a way that was not tried', () => {
    expect(noWay({ native: 'x' })).not.toContain('docker:');
  });
});
