import { describe, expect, it } from '@jest/globals';
import { toFullText } from './search.ts';

describe('toFullText', () => {
  it.each([
    ['포기김치', '+"포기김치"'],
    ['묵은지 2kg', '+"묵은지" +"2kg"'],
    ['갓', '+갓*'],
    // As a keyboard of another system composes it.
    ['갓'.normalize('NFD'), '+갓*'],
    ['-김치 "총각" (+무)* ~@', '+"김치" +"총각" +무*'],
    ['a b c d e f g h i j', '+a* +b* +c* +d* +e* +f* +g* +h*'],
    ["' OR 1=1 --", '+"OR" +1* +1*'],
  ])('of %s', (typed, expected) => {
    expect(toFullText(typed)).toBe(expected);
  });

  it.each(['', '  ', '"+-*', '🥬'])('finds nothing to look for in %j', (typed) => {
    expect(toFullText(typed)).toBeNull();
  });
});
