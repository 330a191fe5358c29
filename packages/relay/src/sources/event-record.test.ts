import { describe, expect, it } from '@jest/globals';
import { toDeliveredEvent } from './event-record.ts';

const headers = {
  id: '0193524f-7a1c-7d3e-9c2a-5f0d6a7b8c9d',
  eventType: 'PaymentConfirmed',
  eventVersion: '1',
  seq: '42',
  context: '{"traceparent":"00-1"}',
};
const record = { offset: 7n, key: 'pay_1', value: '{"a":1}', headers };

describe('toDeliveredEvent', () => {
  it('reads what the event router wrote', () => {
    expect(toDeliveredEvent(record, 'jangbu.payment')).toEqual({
      seq: 42n,
      eventId: headers.id,
      aggregateType: 'payment',
      aggregateId: 'pay_1',
      eventType: 'PaymentConfirmed',
      eventVersion: 1,
      payload: '{"a":1}',
      headers: { traceparent: '00-1' },
      offset: 7n,
    });
  });

  it.each([
    ['no headers', { headers: {} }],
    ['an id that is longer than the outbox has', { headers: { ...headers, id: `${headers.id}0` } }],
    ['a version that no column holds', { headers: { ...headers, eventVersion: '65536' } }],
    ['a seq that no column holds', { headers: { ...headers, seq: '9'.repeat(20) } }],
    ['no key', { key: '' }],
    ['a key that is longer than the outbox has', { key: 'k'.repeat(192) }],
  ])('refuses a record with %s, which could not even be parked', (_what, part) => {
    expect(() => toDeliveredEvent({ ...record, ...part }, 'jangbu.payment')).toThrow(/outbox event/);
  });
});
