import { describe, expect, it } from '@jest/globals';
import { parseDay } from './business-day.ts';
import { assertPeriodDecision, decidePeriod, type WantedPeriod } from './period.ts';

const close = (day: string): WantedPeriod => ({ action: 'close', day: parseDay(day) });
const reopen = (day: string): WantedPeriod => ({ action: 'reopen', day: parseDay(day) });
const TODAY = parseDay('2026-11-24');

describe('decidePeriod', () => {
  it.each([
    ['closes up to yesterday', null, close('2026-11-23'), '2026-11-23'],
    ['closes further', '2026-10-31', close('2026-11-01'), '2026-11-01'],
    ['leaves what is closed further', '2026-10-31', close('2026-09-30'), '2026-10-31'],
    ['opens from a day on', '2026-10-31', reopen('2026-10-01'), '2026-09-30'],
    ['opens the last closed day', '2026-03-01', reopen('2026-03-01'), '2026-02-28'],
    ['leaves what is open', '2026-10-31', reopen('2026-11-01'), '2026-10-31'],
    ['has nothing to open', null, reopen('2026-11-01'), null],
    ['opens all', '2026-10-31', reopen('1000-01-01'), null],
  ])('%s', (_, closed, wanted, expected) => {
    expect(decidePeriod(closed === null ? null : parseDay(closed), wanted, TODAY)).toBe(expected);
  });

  it.each(['2026-11-24', '2026-11-25', '9999-12-31'])('refuses to close %s, which is not over', (day) => {
    expect(decidePeriod(null, close(day), TODAY)).toMatchObject({
      code: 'period_not_over',
      details: { through: day, today: TODAY },
    });
  });
});

describe('assertPeriodDecision', () => {
  it.each([
    undefined,
    null,
    {},
    { by: 'kim' },
    { by: '', reason: 'why' },
    { by: 'kim', reason: '' },
    { by: 'k'.repeat(192), reason: 'why' },
    { by: 'kim', reason: 'w'.repeat(501) },
    { by: 'kim', reason: '\ud83e' },
  ])('refuses %j', (decision) => {
    expect(() => assertPeriodDecision(decision as never)).toThrow(
      expect.objectContaining({ code: 'period_malformed' }),
    );
  });

  it('takes who and why, in any script', () => {
    expect(() => assertPeriodDecision({ by: '김', reason: '10월 결산 🥬' })).not.toThrow();
  });
});
