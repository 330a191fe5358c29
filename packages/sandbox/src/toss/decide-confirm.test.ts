import { describe, expect, it } from '@jest/globals';
import { after, samplePayment } from '../../test/sample-payment.ts';
import { CONFIRM_WITHIN_MS, decideConfirm } from './decide-confirm.ts';

const request = { paymentKey: 'key-1', orderId: 'kimchi-1', amount: 38_000 };
const LATE = after(CONFIRM_WITHIN_MS + 1);
const done = { ...samplePayment(), status: 'DONE' as const };
const refuse = (code: string) => ({ decision: 'refuse', code });

describe('decideConfirm', () => {
  it('approves what the buyer agreed to', () => {
    expect(decideConfirm(samplePayment(), request, after(CONFIRM_WITHIN_MS))).toEqual({
      decision: 'approve',
    });
  });

  // Each row breaks its own rule and all rules below it, so the table is also the precedence.
  it.each([
    ['no payment', undefined, request, refuse('NOT_FOUND_PAYMENT')],
    ['another order', done, { ...request, orderId: 'kimchi-2' }, refuse('FORBIDDEN_REQUEST')],
    ['another amount', done, { ...request, amount: 37_999 }, refuse('FORBIDDEN_REQUEST')],
    ['confirmed before', done, request, refuse('ALREADY_PROCESSED_PAYMENT')],
    [
      'too late',
      samplePayment({ refusesWith: 'REJECT_CARD_PAYMENT' }),
      request,
      refuse('NOT_FOUND_PAYMENT_SESSION'),
    ],
  ])('refuses %s', (_, payment, asked, decision) => {
    expect(decideConfirm(payment, asked, LATE)).toEqual(decision);
  });

  it('ends the payment where the card refuses', () => {
    const payment = samplePayment({ refusesWith: 'REJECT_CARD_PAYMENT' });
    expect(decideConfirm(payment, request, after(0))).toEqual({
      decision: 'abort',
      code: 'REJECT_CARD_PAYMENT',
    });
  });
});
