import { describe, expect, it } from '@jest/globals';
import { readCancelReply } from './classify-cancel.ts';

const answer = (status: number, body: unknown) => ({ got: 'answer', status, body }) as const;

describe('what a reply to a cancel means', () => {
  it.each([
    [400, 'ALREADY_CANCELED_PAYMENT', 'unclear-answer'],
    [400, 'ALREADY_REFUND_PAYMENT', 'unclear-answer'],
    [400, 'NOT_MATCHES_REFUNDABLE_AMOUNT', 'unclear-answer'],
    [400, 'PROVIDER_ERROR', 'unclear-answer'],
    [409, 'IDEMPOTENT_REQUEST_PROCESSING', 'unclear'],
    [403, 'FORBIDDEN_CONSECUTIVE_REQUEST', 'unclear-answer'],
    [403, 'NOT_AVAILABLE_BANK', 'unclear-answer'],
    [400, 'AN_ERROR_OF_NEXT_YEAR', 'unclear-answer'],
    [400, 'constructor', 'unclear-answer'],
    [429, 'INVALID_REQUEST', 'unclear-answer'],
    [500, 'FAILED_REFUND_PROCESS', 'unclear-answer'],
    [500, 'FAILED_PARTIAL_REFUND', 'unclear-answer'],
    [500, 'FAILED_METHOD_HANDLING_CANCEL', 'unclear-answer'],
    [500, 'COMMON_ERROR', 'unclear-answer'],
    [500, 'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 'unclear-answer'],
    [500, 'NOT_CANCELABLE_PAYMENT', 'unclear-answer'],
    [400, 'INVALID_REQUEST', 'refused'],
    [404, 'NOT_FOUND_PAYMENT', 'refused'],
    [403, 'NOT_CANCELABLE_AMOUNT', 'refused'],
    [403, 'NOT_CANCELABLE_PAYMENT', 'refused'],
    [403, 'NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER', 'refused'],
    [403, 'NOT_ALLOWED_PARTIAL_REFUND', 'refused'],
    [403, 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT', 'refused'],
    [400, 'INVALID_REFUND_ACCOUNT_INFO', 'refused'],
    [400, 'INVALID_REFUND_ACCOUNT_NUMBER', 'refused'],
    [400, 'INVALID_BANK', 'refused'],
    [400, 'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT', 'refused'],
    [403, 'EXCEED_CANCEL_LIMIT', 'refused'],
    [403, 'EXCEED_MAX_REFUND_DUE', 'refused'],
    [400, 'REFUND_REJECTED', 'refused'],
    [400, 'FORBIDDEN_BANK_REFUND_REQUEST', 'refused'],
    [403, 'FORBIDDEN_REQUEST', 'refused'],
    [400, 'INVALID_API_KEY', 'not_done'],
    [401, 'UNAUTHORIZED_KEY', 'not_done'],
    [403, 'INCORRECT_BASIC_AUTH_FORMAT', 'not_done'],
    [400, 'INVALID_IDEMPOTENCY_KEY', 'not_done'],
  ])('is, at %i %s, %s', (status, code, means) => {
    expect(readCancelReply(answer(status, { code, message: '' }))).toMatchObject({ means });
  });

  it.each([
    ['no answer', { got: 'nothing', reason: 'time-out' } as const, 'unclear'],
    ['an answer that is no payment', answer(200, 'OK'), 'unclear'],
    ['the page of a gateway', answer(502, undefined), 'unclear'],
    ['a payment', answer(200, { paymentKey: 'k', balanceAmount: 0, cancels: [] }), 'payment'],
  ])('is, with %s, %j', (_, reply, means) => {
    expect(readCancelReply(reply)).toMatchObject({ means });
  });

  it.each([
    [false, true],
    [true, false],
  ])('when nothing was sent and isBlocked is %s, is worth another try: %s', (isBlocked, isWorthRetrying) => {
    const reading = readCancelReply({ got: 'not_sent', reason: 'ECONNREFUSED', isBlocked });
    expect(reading).toMatchObject({ means: 'not_done', isWorthRetrying });
  });
});
