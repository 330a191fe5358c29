const KOREA_OFFSET_MS = 9 * 60 * 60 * 1000;

/** `2026-03-01T21:00:00+09:00`, as the provider writes instants: to the second, on Korea's clock, which has no summer time. */
export function koreaTime(instant: Date): string {
  return `${new Date(instant.getTime() + KOREA_OFFSET_MS).toISOString().slice(0, 19)}+09:00`;
}
