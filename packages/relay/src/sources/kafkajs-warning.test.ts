import { describe, expect, it } from '@jest/globals';
import { isKafkajsTimerWarning } from './kafkajs-warning.ts';

describe('isKafkajsTimerWarning', () => {
  const inKafkajs =
    'at RequestQueue.scheduleCheckPendingRequests (/app/node_modules/kafkajs/src/network/requestQueue/index.js:350:37)';

  it.each([
    ['TimeoutNegativeWarning', inKafkajs, true],
    ['TimeoutNegativeWarning', 'at retry (/app/packages/relay/src/relay.ts:1:1)', false],
    ['MaxListenersExceededWarning', inKafkajs, false],
  ])('of a %s %s is %s', (name, stack, expected) => {
    expect(isKafkajsTimerWarning(Object.assign(new Error(), { name, stack }))).toBe(expected);
  });
});
