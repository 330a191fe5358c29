import { describe, expect, it } from '@jest/globals';
import { after, samplePayment } from '../../test/sample-payment.ts';
import { decideCancel } from './decide-cancel.ts';
import { applyEvent, type Payment } from './payment.ts';

const paymentKey = 'key-1';
const cancelReason = '변심';
const NOW = after(60_000);
const refuse = (code: string) => ({ decision: 'refuse', code });

function done(sample: Parameters<typeof samplePayment>[0] = {}): Payment {
  const at = after(0).toISOString();
  return applyEvent(samplePayment(sample), { kind: 'approved', paymentKey, transactionKey: 'T', at });
}

function cancelledAt(at: Date, amount: number, payment = done()): Payment {
  return applyEvent(payment, {
    kind: 'canceled',
    paymentKey,
    transactionKey: 'C',
    reason: cancelReason,
    amount,
    taxFreeAmount: 0,
    at: at.toISOString(),
  });
}

describe('decideCancel', () => {
  it.each([
    ['all of it', done(), {}, { amount: 38_000, taxFreeAmount: 0 }],
    ['a part', done(), { cancelAmount: 1_000 }, { amount: 1_000, taxFreeAmount: 0 }],
    ['what is left', cancelledAt(after(1_000), 8_000), {}, { amount: 30_000, taxFreeAmount: 0 }],
    [
      'what the guard says is left',
      done(),
      { refundableAmount: 38_000 },
      { amount: 38_000, taxFreeAmount: 0 },
    ],
    ['the tax-free part too', done({ taxFreeAmount: 8_000 }), {}, { amount: 38_000, taxFreeAmount: 8_000 }],
    [
      'of each part',
      done({ taxFreeAmount: 8_000 }),
      { cancelAmount: 5_000, taxFreeAmount: 2_000 },
      { amount: 5_000, taxFreeAmount: 2_000 },
    ],
    ['a deposit that never came', done({ method: '가상계좌' }), {}, { amount: 38_000, taxFreeAmount: 0 }],
    ['again after a second', cancelledAt(after(59_000), 1_000), {}, { amount: 37_000, taxFreeAmount: 0 }],
  ])('cancels %s', (_, payment, request, cancelled) => {
    const decided = decideCancel(payment, { cancelReason, ...request }, NOW);
    expect(decided).toEqual({ decision: 'cancel', ...cancelled });
  });

  const justNow = after(59_001);
  it.each([
    ['no payment', undefined, {}, 'NOT_FOUND_PAYMENT'],
    [
      'one that was cancelled whole, even just now',
      cancelledAt(justNow, 38_000),
      {},
      'ALREADY_CANCELED_PAYMENT',
    ],
    ['one that was never approved', samplePayment(), {}, 'NOT_CANCELABLE_PAYMENT'],
    [
      'a second within a second, even of too much',
      cancelledAt(justNow, 1_000),
      { refundableAmount: 1, cancelAmount: 38_001 },
      'FORBIDDEN_CONSECUTIVE_REQUEST',
    ],
    [
      'another balance than the guard says, even of too much',
      done(),
      { refundableAmount: 37_999, cancelAmount: 38_001 },
      'NOT_MATCHES_REFUNDABLE_AMOUNT',
    ],
    ['more than there is', done(), { cancelAmount: 38_001 }, 'NOT_CANCELABLE_AMOUNT'],
    [
      'when parts have left nothing',
      cancelledAt(after(9_000), 8_000, cancelledAt(after(1), 30_000)),
      {},
      'NOT_CANCELABLE_AMOUNT',
    ],
    [
      'a part of a deposit that never came',
      done({ method: '가상계좌' }),
      { cancelAmount: 1 },
      'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
    ],
    [
      'more tax-free than there is',
      done({ taxFreeAmount: 100 }),
      { cancelAmount: 200, taxFreeAmount: 101 },
      'NOT_CANCELABLE_AMOUNT',
    ],
    [
      'more taxed than there is',
      done({ taxFreeAmount: 30_000 }),
      { cancelAmount: 8_001 },
      'NOT_CANCELABLE_AMOUNT',
    ],
  ])('refuses %s', (_, payment, request, code) => {
    expect(decideCancel(payment, { cancelReason, ...request }, NOW)).toEqual(refuse(code));
  });
});
