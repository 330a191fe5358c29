import { expect, it } from '@jest/globals';
import { createDailyBudget } from './daily-budget.ts';

it('gives so many a day, and a day begins at midnight in Korea', () => {
  let now = new Date('2026-03-01T14:59:59.999Z');
  const budget = createDailyBudget(2, () => now);
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
  now = new Date('2026-03-01T15:00:00.000Z');
  expect(budget.take()).toBe(true);
  budget.exhaust();
  expect(budget.take()).toBe(false);
  now = new Date('2026-03-02T15:00:00.000Z');
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
});
