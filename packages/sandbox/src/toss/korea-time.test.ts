import { expect, it } from '@jest/globals';
import { koreaTime } from './korea-time.ts';

it('tells an instant on the clock of Korea, where the day begins nine hours early', () => {
  expect(koreaTime(new Date('2026-12-31T15:00:00.999Z'))).toBe('2027-01-01T00:00:00+09:00');
});
