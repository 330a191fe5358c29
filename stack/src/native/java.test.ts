import { describe, expect, it } from '@jest/globals';
import { javaMajor } from './java.ts';

describe('javaMajor', () => {
  it.each([
    ['openjdk version "17.0.19" 2026-04-21\nOpenJDK Runtime Environment', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_402"', 1],
    ['Unable to locate a Java Runtime.', 0],
    ['', 0],
  ])('reads %j as %i', (output, major) => {
    expect(javaMajor(output)).toBe(major);
  });
});
