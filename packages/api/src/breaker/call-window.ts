export interface EndedCall {
  readonly isFailure: boolean;
  readonly isSlow: boolean;
}

export interface WindowCounts {
  readonly callCount: number;
  readonly failureCount: number;
  readonly slowCount: number;
}

/** The last `size` calls in a ring, and how many of them failed or were slow, kept as calls come and go. */
export interface CallWindow {
  add(call: EndedCall): void;
  counts(): WindowCounts;
}

export function createCallWindow(size: number): CallWindow {
  const ring: EndedCall[] = [];
  let next = 0;
  let failureCount = 0;
  let slowCount = 0;

  function count({ isFailure, isSlow }: EndedCall, by: 1 | -1): void {
    if (isFailure) failureCount += by;
    if (isSlow) slowCount += by;
  }
  return {
    add(call) {
      const oldest = ring[next];
      if (oldest !== undefined) count(oldest, -1);
      ring[next] = call;
      next = (next + 1) % size;
      count(call, 1);
    },
    counts: () => ({ callCount: ring.length, failureCount, slowCount }),
  };
}
