import { describe, expect, it } from '@jest/globals';
import { authorize } from './authorization.ts';

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('authorize', () => {
  it.each(['test_sk_abc', 'test_gsk_abc'])('lets %s in', (secretKey) => {
    expect(authorize(basic(`${secretKey}:`))).toEqual({ isAllowed: true, secretKey });
  });

  it.each([
    ['nothing', undefined, 'UNAUTHORIZED_KEY'],
    ['another scheme', 'Bearer test_sk_abc', 'INCORRECT_BASIC_AUTH_FORMAT'],
    ['a key without its colon', basic('test_sk_abc'), 'INCORRECT_BASIC_AUTH_FORMAT'],
    ['a live key', basic('live_sk_abc:'), 'UNAUTHORIZED_KEY'],
    ['a client key', basic('test_ck_abc:'), 'UNAUTHORIZED_KEY'],
    ['what is no key', basic('secret:'), 'INVALID_API_KEY'],
    ['a key with nothing behind its prefix', basic('test_sk_:'), 'INVALID_API_KEY'],
  ])('turns %s away', (_, header, code) => {
    expect(authorize(header)).toEqual({ isAllowed: false, code });
  });
});
