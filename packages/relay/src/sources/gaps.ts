/** The seqs from `from` on that are missing before the last of `present`, which are in ascending order. */
export function missingBetween(from: bigint, present: readonly bigint[]): bigint[] {
  const missing: bigint[] = [];
  let expected = from;
  for (const seq of present) {
    for (; expected < seq; expected++) missing.push(expected);
    expected = seq + 1n;
  }
  return missing;
}
