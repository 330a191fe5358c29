const DAY_MS = 24 * 60 * 60 * 1_000;
const KOREA_OFFSET_MS = 9 * 60 * 60 * 1_000;

/** How many calls are left of a day. The provider's day begins at midnight in Korea, which has no summer time. */
export interface DailyBudget {
  /** Takes one, or says that none is left. */
  take(): boolean;
  /** The provider says that none is left, whatever was counted here: another process may use the same key. */
  exhaust(): void;
}

export function createDailyBudget(limit: number, clock: () => Date): DailyBudget {
  let day = Number.NaN;
  let leftCount = limit;

  function turnToday(): void {
    const today = Math.floor((clock().getTime() + KOREA_OFFSET_MS) / DAY_MS);
    if (today !== day) leftCount = limit;
    day = today;
  }
  return {
    take() {
      turnToday();
      if (leftCount <= 0) return false;
      leftCount -= 1;
      return true;
    },
    exhaust() {
      turnToday();
      leftCount = 0;
    },
  };
}
