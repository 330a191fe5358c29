import { describe, expect, it } from '@jest/globals';
import { readConfirmReply, readLookUpReply } from './classify.ts';

const refusal = (code: string) => ({ code, message: '안 됩니다.' });
const answer = (status: number, body: unknown) => ({ got: 'answer', status, body }) as const;

const PAYMENT = {
  paymentKey: 'key-1',
  orderId: 'order-1',
  status: 'DONE',
  totalAmount: 38_000,
  approvedAt: '2026-03-01T21:00:00+09:00',
  method: '카드',
  aFieldOfNextYear: { any: 'thing' },
};

describe('what a reply to a confirm means', () => {
  // Every error that EXTERNAL contracts document for a confirm, the common ones, and what stands between us and the provider.
  it.each([
    [400, 'ALREADY_PROCESSED_PAYMENT', 'unclear'],
    [400, 'PROVIDER_ERROR', 'unclear'],
    [409, 'IDEMPOTENT_REQUEST_PROCESSING', 'unclear'],
    [403, 'FORBIDDEN_CONSECUTIVE_REQUEST', 'unclear'],
    [500, 'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 'unclear'],
    [500, 'FAILED_INTERNAL_SYSTEM_PROCESSING', 'unclear'],
    [500, 'UNKNOWN_PAYMENT_ERROR', 'unclear'],
    [500, 'COMMON_ERROR', 'unclear'],
    // A refusal's code under a 5xx is no refusal.
    [500, 'REJECT_CARD_PAYMENT', 'unclear'],
    [502, 'ANYTHING', 'unclear'],
    [408, 'ANYTHING', 'unclear'],
    [429, 'ANYTHING', 'unclear'],
    [302, 'ANYTHING', 'unclear'],
    [400, 'INVALID_REQUEST', 'refused'],
    [403, 'REJECT_CARD_PAYMENT', 'refused'],
    [403, 'REJECT_CARD_COMPANY', 'refused'],
    [403, 'FORBIDDEN_REQUEST', 'refused'],
    [404, 'NOT_FOUND_PAYMENT', 'refused'],
    [404, 'NOT_FOUND_PAYMENT_SESSION', 'refused'],
    [400, 'INVALID_API_KEY', 'not_done'],
    [401, 'UNAUTHORIZED_KEY', 'not_done'],
    [403, 'INCORRECT_BASIC_AUTH_FORMAT', 'not_done'],
    [400, 'INVALID_IDEMPOTENCY_KEY', 'not_done'],
    [400, 'INVALID_STOPPED_CARD', 'doubtful'],
    [403, 'A_CODE_OF_NEXT_YEAR', 'doubtful'],
    [400, 'constructor', 'doubtful'],
  ])('reads %i %s as %s', (status, code, means) => {
    expect(readConfirmReply(answer(status, refusal(code)))).toMatchObject({ means });
  });

  it('keeps code and message of a refusal, and nothing else', () => {
    const body = { ...refusal('REJECT_CARD_PAYMENT'), data: { card: '4330' } };
    expect(readConfirmReply(answer(403, body))).toEqual({
      means: 'refused',
      refusal: refusal('REJECT_CARD_PAYMENT'),
    });
  });

  it.each([
    ['the page of a gateway', answer(403, undefined)],
    ['an error without a code', answer(400, { message: 'no' })],
    ['a 200 that is no payment', answer(200, { ok: true })],
    ['a 200 without JSON', answer(200, undefined)],
    ['a payment under another success', answer(204, undefined)],
    ['no answer', { got: 'nothing', reason: 'time-out' } as const],
  ])('reads %s as unclear', (_, reply) => {
    expect(readConfirmReply(reply)).toMatchObject({ means: 'unclear' });
  });

  it('reads what was not sent as not done, and worth another try unless it was held back', () => {
    expect(readConfirmReply({ got: 'not_sent', reason: 'ECONNREFUSED', isBlocked: false })).toEqual({
      means: 'not_done',
      reason: 'ECONNREFUSED',
      isWorthRetrying: true,
    });
    expect(readConfirmReply({ got: 'not_sent', reason: 'breaker open', isBlocked: true })).toMatchObject({
      isWorthRetrying: false,
    });
  });

  it('does not try again what our configuration spoils', () => {
    expect(readConfirmReply(answer(401, refusal('UNAUTHORIZED_KEY')))).toMatchObject({
      isWorthRetrying: false,
    });
  });

  it('reads a payment, with fields that it does not know', () => {
    expect(readConfirmReply(answer(200, PAYMENT))).toMatchObject({
      means: 'payment',
      payment: { orderId: 'order-1', totalAmount: 38_000n },
    });
  });
});

describe('what a reply to a look-up means', () => {
  it.each([
    ['a payment', answer(200, PAYMENT), 'payment'],
    ['that there is none', answer(404, refusal('NOT_FOUND_PAYMENT')), 'none'],
    // A wrong path or a gateway says 404 too, and says nothing of the payment by it.
    ['another 404', answer(404, refusal('NOT_FOUND')), 'unclear'],
    ['a 404 without JSON', answer(404, undefined), 'unclear'],
    ['a failure', answer(500, refusal('NOT_FOUND_PAYMENT')), 'unclear'],
    ['a wrong key', answer(401, refusal('UNAUTHORIZED_KEY')), 'unclear'],
    ['no answer', { got: 'nothing', reason: 'time-out' } as const, 'unclear'],
    ['an open breaker', { got: 'not_sent', reason: 'breaker open', isBlocked: true } as const, 'unclear'],
  ])('reads %s', (_, reply, means) => {
    expect(readLookUpReply(reply)).toMatchObject({ means });
  });
});
