import { describe, expect, it } from '@jest/globals';
import { faultSchema, seededRandom } from './fault.ts';
import { Faults } from './faults.ts';

const confirm = { route: 'confirm', paymentKey: 'key-1', orderId: 'order-1' } as const;

function armed(...inputs: Record<string, unknown>[]): Faults {
  const faults = new Faults();
  for (const input of inputs) faults.add(faultSchema.parse(input));
  return faults;
}

describe('Faults', () => {
  it('strikes as many times as it was given, and is then gone', () => {
    const faults = armed({ route: 'confirm', status: 500, times: 2 });
    const struck = [1, 2, 3].map(() => faults.strike(confirm)?.status);
    expect(struck).toEqual([500, 500, undefined]);
    expect(faults.list()).toEqual([]);
  });

  it('strikes always until it is taken away', () => {
    const faults = armed({ route: 'confirm', dropAnswer: 'after', times: 'always' });
    for (let times = 0; times < 20; times++) expect(faults.strike(confirm)).toBeDefined();
    expect(faults.list()).toMatchObject([{ id: 1, struckCount: 20 }]);
    faults.clear();
    expect(faults.strike(confirm)).toBeUndefined();
  });

  it.each([
    [{ route: 'get' }, false],
    [{ route: 'confirm', paymentKey: 'key-2' }, false],
    [{ route: 'confirm', orderId: 'order-2' }, false],
    [{ route: 'confirm', paymentKey: 'key-1', orderId: 'order-1' }, true],
  ])('goes by the filter %j', (filter, strikes) => {
    expect(armed({ ...filter, status: 500 }).strike(confirm) !== undefined).toBe(strikes);
  });

  it('strikes about as often as it is likely to, and the same way for the same seed', () => {
    const run = (seed: number) => {
      const faults = armed({ route: 'confirm', status: 500, times: 'always', probability: 0.3, seed });
      return Array.from({ length: 1_000 }, () => faults.strike(confirm) !== undefined);
    };
    const struckCount = run(7).filter(Boolean).length;
    expect(struckCount).toBeGreaterThan(250);
    expect(struckCount).toBeLessThan(350);
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  it('will not both answer and cut the connection', () => {
    expect(faultSchema.safeParse({ route: 'get', status: 500, dropAnswer: 'after' }).success).toBe(false);
  });
});

it('seededRandom stays from 0 to 1', () => {
  const random = seededRandom(42);
  for (let times = 0; times < 1_000; times++) {
    const value = random();
    expect(value >= 0 && value < 1).toBe(true);
  }
});
