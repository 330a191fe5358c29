import { describe, expect, it } from '@jest/globals';
import { PageSize } from './page-size.ts';

const page = (events: number, bytes: number) =>
  Array.from({ length: events }, () => ({ payload: 'x'.repeat(bytes) }));

describe('the size of a page', () => {
  it('grows up to the most while events are small', () => {
    const size = new PageSize(2_000);
    expect(size.current).toBe(500);
    size.read(page(500, 300));
    size.read(page(1_000, 300));
    size.read(page(2_000, 300));
    expect(size.current).toBe(2_000);
  });

  it('shrinks at once to what fits, to a single event where that is larger yet', () => {
    const size = new PageSize(2_000);
    size.read(page(500, 15_000));
    expect(size.current).toBe(100);
    size.read(page(2, 4_000_000));
    expect(size.current).toBe(1);
    size.read(page(1, 300));
    expect(size.current).toBe(2);
  });

  it('is never more than was asked for', () => {
    expect(new PageSize(50).current).toBe(50);
  });
});
