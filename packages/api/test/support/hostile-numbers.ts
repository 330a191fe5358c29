/** Numbers at which services break: signs, fractions, and the ends of what 32 bits, 64 bits and a double hold. */
export const HOSTILE_NUMBERS = [0, -1, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 63), 1e308] as const;
