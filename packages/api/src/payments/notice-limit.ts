/** A bucket that holds `most` and fills by `perSecond`: what comes faster for longer is turned away. */
export function createLimit({ most, perSecond }: { readonly most: number; readonly perSecond: number }) {
  let left = most;
  let at = Number.NEGATIVE_INFINITY;
  return {
    /** Whether one more is let through. */
    take(now: Date): boolean {
      const seconds = Math.max(0, (now.getTime() - at) / 1_000);
      left = Math.min(most, left + seconds * perSecond);
      at = now.getTime();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
