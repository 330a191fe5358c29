/** Rates are percentages, durations are in ms. */
export interface BreakerSettings {
  /** Of so many last calls the rates are made, while the breaker is closed. */
  readonly windowSize: number;
  /** Before so many calls have ended, nothing is judged. What is above the window's size means the window's size. */
  readonly minimumCallCount: number;
  /** It opens when so many of the window's calls failed, or more. */
  readonly failureRatePercent: number;
  /** A call that takes so long, or longer, is slow, whether or not it then fails. Infinity: none is. */
  readonly slowCallMs: number;
  /** It opens when so many of the window's calls were slow, or more. */
  readonly slowCallRatePercent: number;
  /** How long it stays open: always the same, or by how often it has opened since it was last closed, from 1. */
  readonly openMs: number | ((attempt: number) => number);
  /** So many calls may try while it is half-open, and by them it is judged. */
  readonly halfOpenCallCount: number;
  /** It opens again when those calls have not all ended by then. 0: it waits for them, however long. */
  readonly halfOpenMaxMs: number;
}

/** What proved itself for a price that may be late or missing: the provider answers in 0.1 s on average. */
export const DEFAULT_SETTINGS: BreakerSettings = {
  windowSize: 30,
  minimumCallCount: 20,
  failureRatePercent: 40,
  slowCallMs: 1_000,
  slowCallRatePercent: 50,
  openMs: 30_000,
  halfOpenCallCount: 5,
  halfOpenMaxMs: 0,
};

type Rule = readonly [isKept: (value: number) => boolean, text: string];

const COUNT: Rule = [(value) => Number.isSafeInteger(value) && value >= 1, 'a whole number from 1'];
const PERCENT: Rule = [(value) => value > 0 && value <= 100, 'above 0 and at most 100'];
const DURATION: Rule = [(value) => value >= 0, '0 or more'];

const RULES: Readonly<Record<keyof BreakerSettings, Rule>> = {
  windowSize: COUNT,
  minimumCallCount: COUNT,
  failureRatePercent: PERCENT,
  slowCallMs: DURATION,
  slowCallRatePercent: PERCENT,
  openMs: DURATION,
  halfOpenCallCount: COUNT,
  halfOpenMaxMs: DURATION,
};

/** @throws RangeError with one message that names every setting that cannot be */
export function completeSettings(given: Partial<BreakerSettings>): BreakerSettings {
  const settings = { ...DEFAULT_SETTINGS, ...given };
  const wrong = Object.entries(RULES).flatMap(([name, [isKept, text]]) => {
    const value = settings[name as keyof BreakerSettings];
    return typeof value === 'function' || isKept(value) ? [] : [`${name} must be ${text}, and is ${value}`];
  });
  if (wrong.length > 0) throw new RangeError(`No breaker can be made so: ${wrong.join('; ')}.`);
  return settings;
}
