import { expect, it } from '@jest/globals';
import { readGrams, weightText } from './weight.ts';

it.each([
  ['포기김치 1kg', 1_000],
  ['포기김치1KG', 1_000],
  ['파김치 500g', 500],
  ['열무김치 1.5 kg (국내산)', 1_500],
  ['깍두기 500g x 3', 1_500],
  ['깍두기 500g×4봉', 2_000],
  ['묵은지 2kg 3개', 6_000],
  ['묵은지 2kg, 2팩', 4_000],
  ['백김치 3㎏', 3_000],
  ['갓김치 800그램', 800],
  ['총각김치 2kg 2026년산', 2_000],
  ['총각김치 2kg x 100', 2_000],
])('reads %s as %i g', (title, grams) => {
  expect(readGrams(title)).toBe(grams);
});

it.each([
  '포기김치',
  '포기김치 1kg+1kg',
  '포기김치 1kg 또는 3kg',
  '포기김치 0kg',
  '10 kgf',
  '김치통 10L',
  '12345kg',
  '',
  '½kg',
])('does not read %s', (title) => {
  expect(readGrams(title)).toBeUndefined();
});

it.each([
  [500, '500g'],
  [1_000, '1kg'],
  [1_500, '1.5kg'],
])('writes %i as %s', (grams, text) => {
  expect(weightText(grams)).toBe(text);
  expect(readGrams(text)).toBe(grams);
});
