import { expect, it } from '@jest/globals';
import { memberName } from './member-name.ts';

it.each([
  ['민준', '민준'],
  ['  김 \u0000\u202e민준\n ', '김 민준'],
  [undefined, '회원'],
  ['\u200b', '회원'],
  ['🥬'.repeat(101), '🥬'.repeat(100)],
])('makes a name of %j', (given, name) => {
  expect(memberName(given)).toBe(name);
});
