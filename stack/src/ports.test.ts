import { describe, expect, it } from '@jest/globals';
import { choosePort } from './ports.ts';

const freeOnly =
  (...ports: readonly number[]) =>
  async (port: number) =>
    ports.includes(port);

describe('choosePort', () => {
  it('takes the first wanted port that is free', async () => {
    expect(await choosePort([undefined, 3306, 3307, 3308], freeOnly(3307, 3308))).toBe(3307);
  });

  it('keeps the port of an earlier run, because clients know it', async () => {
    expect(await choosePort([40_001, 9092], freeOnly(40_001, 9092))).toBe(40_001);
  });

  it.each([[[]], [[undefined]], [[3306]]])('takes any free port when none of %j is', async (wanted) => {
    const port = await choosePort(wanted, freeOnly());
    expect(port).toBeGreaterThan(1023);
    expect(port).toBeLessThan(65_536);
  });
});
