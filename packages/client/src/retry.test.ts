import { describe, expect, it } from '@jest/globals';
import { ApiError, type ApiErrorParts } from './api-error.ts';
import { pauseBefore } from './retry.ts';

describe('the pause before a request is sent again', () => {
  it.each<[string, number, Partial<ApiErrorParts>, number | undefined]>([
    ['doubles: first', 1, {}, 375],
    ['doubles: second', 2, {}, 750],
    ['doubles: third', 3, {}, 1_500],
    ['does not pass the longest', 6, {}, 3_000],
    ['is none after the last', 9, {}, undefined],
    ['is what the API asks for, spread a little', 1, { retryAfterMs: 2_000 }, 2_125],
    ['is none where the API asks for more than the longest', 1, { retryAfterMs: 5_000 }, undefined],
    ['is none after a refusal', 1, { status: 409, code: 'order_already_paid', retryAfterMs: 0 }, undefined],
    ['is none after an error of ours', 1, { status: 500, code: 'internal_error' }, undefined],
    ['comes after a proxy’s answer', 1, { status: 502, code: 'unreadable' }, 375],
  ])('%s', (_what, sent, parts, pauseMs) => {
    const error = new ApiError({ code: 'unreachable', message: '', ...parts });
    const patience = { retries: 8, longestPauseMs: 4_000, random: () => 0.5 };
    expect(pauseBefore(sent, error, { isRepeatable: true }, patience)).toBe(pauseMs);
  });

  it('is none for what must not be repeated, but where it was turned away before anything was done', () => {
    const patience = { retries: 2, longestPauseMs: 4_000, random: () => 0 };
    const after = (code: ApiErrorParts['code'], status: number) =>
      pauseBefore(1, new ApiError({ code, message: '', status }), { isRepeatable: false }, patience);
    expect(after('unreachable', 0)).toBeUndefined();
    expect(after('database_unreachable', 503)).toBeUndefined();
    expect(after('rate_limited', 429)).toBe(250);
  });
});
