/** Lines of an account that follow each other, both ends included; without `to`, all that come. */
export interface Stretch {
  readonly from: bigint;
  readonly to: bigint | null;
}

/** The same lines, with neighbours as one stretch. They come in order, forwards or backwards. */
export function joinNeighbours(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = all.at(-1);
    if (last?.to === from - 1n) all.splice(-1, 1, { from: last.from, to });
    else if (to !== null && last?.from === to + 1n) all.splice(-1, 1, { from, to: last.to });
    else all.push({ from, to });
  }
  return all;
}

/** The part of the stretches between two lines, neither of which is in it. */
export function clip(stretches: readonly Stretch[], above: bigint, below: bigint | null): Stretch[] {
  return stretches.flatMap(({ from, to }) => {
    const clipped = {
      from: from > above ? from : above + 1n,
      to: below !== null && (to === null || to >= below) ? below - 1n : to,
    };
    return clipped.to !== null && clipped.to < clipped.from ? [] : [clipped];
  });
}

/** A condition on `l.sequence` that MySQL reads as so many ranges of the primary key. */
export function withinStretches(stretches: readonly Stretch[]): { sql: string; bindings: bigint[] } {
  return {
    sql: stretches
      .map(({ to }) => (to === null ? 'l.sequence >= ?' : 'l.sequence BETWEEN ? AND ?'))
      .join(' OR '),
    bindings: stretches.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
  };
}
