/** How far a long command is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What was done before this process began, and so took none of its time. */
  readonly doneBefore?: number;
  readonly elapsedMs: number;
}

export interface ProgressView {
  update(done: number, total: number): void;
  /** Leaves the last state where it stands. */
  end(): void;
}

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;

/** A bar on a terminal, drawn over and over; elsewhere a line every five seconds, so that a log can be read. */
export function showProgress(
  stream: { isTTY?: boolean; write(text: string): unknown },
  doneBefore = 0,
  clock: () => number = () => performance.now(),
): ProgressView {
  const startedAt = clock();
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? REDRAW_MS : LINE_EVERY_MS;
  let shownAt = startedAt;
  let last: Progress | undefined;
  const draw = (progress: Progress) => {
    const { bar, text } = describeProgress(progress);
    stream.write(isTerminal ? `\r\x1b[K${bar} ${text}` : `${text}\n`);
  };
  return {
    update(done, total) {
      const now = clock();
      last = { done, total, doneBefore, elapsedMs: now - startedAt };
      if (now - shownAt < everyMs) return;
      shownAt = now;
      draw(last);
    },
    end() {
      if (!isTerminal || last === undefined) return;
      draw(last);
      stream.write('\n');
    },
  };
}

export function describeProgress({ done, total, doneBefore = 0, elapsedMs }: Progress): {
  bar: string;
  text: string;
} {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(part * BAR_WIDTH);
  const rate = elapsedMs <= 0 ? 0 : ((done - doneBefore) * 1000) / elapsedMs;
  const left = rate <= 0 ? '-' : duration(Math.max(0, total - done) / rate);
  return {
    bar: `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`,
    text: `${Math.floor(part * 100)} %, ${thousands(done)} of ${thousands(total)} events, ${thousands(Math.round(rate))}/s, ${left} left`,
  };
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
