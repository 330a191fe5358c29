import { describe, expect, it } from '@jest/globals';
import { newClusterId } from './kafka.ts';

describe('newClusterId', () => {
  it('never begins with a dash, which Kafka would read as an option', () => {
    const drawn = [Buffer.alloc(16, 0xfb), Buffer.alloc(16, 0xf8), Buffer.alloc(16, 1)];
    expect(newClusterId(() => drawn.shift() ?? Buffer.alloc(16))).toBe(
      Buffer.alloc(16, 1).toString('base64url'),
    );
  });
});
