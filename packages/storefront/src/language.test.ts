import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from './language.ts';

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'ko'],
    ['', 'ko'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['fr, en;q=0.5, ko;q=0.7', 'ko'],
    ['de,fr', 'ko'],
    ['en;q=0, ko;q=0.1', 'ko'],
    ['*;q=0.5, EN;q=0.3', 'en'],
    [';;;,q=', 'ko'],
  ])('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
