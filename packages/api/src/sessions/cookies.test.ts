import { describe, expect, it } from '@jest/globals';
import { cookies } from './cookies.ts';

describe('the cookies', () => {
  it('are bound to the host and to TLS where there is TLS', () => {
    const { session } = cookies({ isSecure: true });
    expect(session.set('abc', 60_000)).toBe(
      '__Host-jangbu-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
    expect(session.clear()).toBe('__Host-jangbu-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure');
  });

  it('work on this machine without TLS', () => {
    expect(cookies({ isSecure: false }).browser.set('abc', 1_000)).toBe(
      'jangbu-log-in=abc; Max-Age=1; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['a=1; jangbu-session=abc; b=2', 'abc'],
    ['jangbu-session=abc=d', 'abc=d'],
    ['jangbu-session=', undefined],
    ['not-jangbu-session=abc', undefined],
    ['jangbu-session=mine; jangbu-session=planted', undefined],
  ])('are read from %j', (header, value) => {
    expect(cookies({ isSecure: false }).session.read(header)).toBe(value);
  });
});
