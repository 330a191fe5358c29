import { describe, expect, it } from '@jest/globals';
import type { Payment } from './payment.ts';
import { Payments } from './payments.ts';

const at = '2026-03-01T12:00:00.000Z';
const everything = () => true;

function opened(index: number, orderId = `order-${index}`) {
  return {
    kind: 'opened',
    paymentKey: `key-${index}`,
    orderId,
    orderName: '김치',
    customerName: null,
    method: '카드',
    amount: 1_000,
    taxFreeAmount: 0,
    refusesWith: null,
    at,
  } as const;
}

function fill(payments: Payments, count: number): void {
  for (let index = 0; index < count; index++) payments.apply(opened(index));
}

const keysOf = (payments: readonly Payment[]) => payments.map(({ paymentKey }) => paymentKey);

describe('Payments', () => {
  it('finds the approved payment of an order before one that was opened later', () => {
    const payments = new Payments(10);
    payments.apply(opened(1, 'order'));
    payments.apply(opened(2, 'order'));
    expect(payments.findByOrder('order')?.paymentKey).toBe('key-2');
    payments.apply({ kind: 'approved', paymentKey: 'key-1', transactionKey: 'T', at });
    payments.apply(opened(3, 'order'));
    expect(payments.findByOrder('order')?.paymentKey).toBe('key-1');
  });

  it('pages through all of them, oldest first, to the last', () => {
    const payments = new Payments(10);
    fill(payments, 5);
    const first = payments.page({ cursor: 0, limit: 3, accepts: everything });
    expect(keysOf(first.payments)).toEqual(['key-0', 'key-1', 'key-2']);
    const second = payments.page({ cursor: first.nextCursor ?? -1, limit: 3, accepts: everything });
    expect(keysOf(second.payments)).toEqual(['key-3', 'key-4']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('counts only those that are accepted', () => {
    const payments = new Payments(10);
    fill(payments, 5);
    payments.apply({ kind: 'approved', paymentKey: 'key-3', transactionKey: 'T', at });
    const page = payments.page({ cursor: 0, limit: 3, accepts: ({ status }) => status === 'DONE' });
    expect(keysOf(page.payments)).toEqual(['key-3']);
  });

  it('forgets the oldest beyond its room, and a cursor from before still goes on in the right place', () => {
    const payments = new Payments(10);
    fill(payments, 8);
    const { nextCursor = -1 } = payments.page({ cursor: 0, limit: 4, accepts: everything });
    for (let index = 8; index < 14; index++) payments.apply(opened(index));
    expect(payments.find('key-0')).toBeUndefined();
    expect(payments.findByOrder('order-0')).toBeUndefined();
    const page = payments.page({ cursor: nextCursor, limit: 2, accepts: everything });
    expect(keysOf(page.payments)).toEqual(['key-4', 'key-5']);
  });

  it('says nothing of an event of a payment that it does not know', () => {
    const payments = new Payments(10);
    expect(payments.apply({ kind: 'approved', paymentKey: 'none', transactionKey: 'T', at })).toBeUndefined();
  });
});
