import fc from 'fast-check';

/*
 * What a run does, as plain data that fast-check draws from a seed and can shrink. It names accounts, holds and entries by numbers,
 * which are looked up only when the run comes there: so a program stays meaningful when some of it is left out.
 */

export interface Leg {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

export interface EntryPlan {
  readonly currency: 'KRW' | 'USD' | 'both' | 'vast' | 'late';
  readonly legs: readonly Leg[];
  readonly override: boolean;
  /** In days before or after now. */
  readonly effective: number | null;
  readonly flaw: 'none' | 'one line' | 'twice' | 'unbalanced' | 'zero' | 'unknown account' | 'other currency';
}

/** How much of what is left: all without saying it, an amount, exactly what is left, or one too many. */
export type Part = 'all' | number | 'left' | 'too much';

export type StepPlan =
  | { readonly do: 'post'; readonly entry: EntryPlan }
  | {
      readonly do: 'batch' | 'linked';
      readonly entries: readonly EntryPlan[];
      /** Where the first entry comes once more: at the end of the same call, or in a call of its own at the same time. */
      readonly twin: 'none' | 'inside' | 'beside';
    }
  | { readonly do: 'hold'; readonly entry: EntryPlan; readonly expires: number | null }
  | {
      readonly do: 'capture';
      readonly nth: number;
      readonly part: Part;
      readonly final: boolean;
      readonly lopsided: boolean;
    }
  | { readonly do: 'release'; readonly nth: number }
  | { readonly do: 'reverse'; readonly nth: number; readonly part: Part }
  | { readonly do: 'again'; readonly nth: number; readonly how: 'same' | 'other body' | 'other kind' }
  | { readonly do: 'open'; readonly both: boolean }
  | {
      readonly do: 'change';
      readonly account: number;
      readonly action: 'freeze' | 'unfreeze' | 'close' | 'reopen' | 'set_limits';
      readonly floor: number | null;
      readonly ceiling: number | null;
    };

export type OperationPlan =
  | { readonly as: 'alone'; readonly step: StepPlan }
  | {
      readonly as: 'joined';
      readonly steps: readonly StepPlan[];
      readonly end: 'commit' | 'rollback';
    }
  /** Closes the days up to so many before today, or opens them from there on. */
  | { readonly as: 'period'; readonly action: 'close' | 'reopen'; readonly daysAgo: number }
  | { readonly as: 'expiry' };

export interface Round {
  /** How many connections are killed meanwhile. */
  readonly kills: number;
  /** How long after the round before, in seconds. */
  readonly later: number;
  readonly operations: readonly OperationPlan[];
}

const leg = fc.record({
  from: fc.nat(9),
  to: fc.nat(9),
  amount: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 300 }) }, fc.constant(1_500)),
});

/** The one of these, the first being the usual and the simplest. */
function usually<T>(weight: number, usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  );
}

const entry: fc.Arbitrary<EntryPlan> = fc.record({
  currency: usually<EntryPlan['currency']>(12, 'KRW', 'USD', 'USD', 'both', 'vast', 'late'),
  legs: fc.array(leg, { minLength: 1, maxLength: 3 }),
  override: usually(14, false, true),
  effective: usually<number | null>(8, null, -3, -1, 2),
  flaw: usually<EntryPlan['flaw']>(
    70,
    'none',
    'one line',
    'twice',
    'unbalanced',
    'zero',
    'unknown account',
    'other currency',
  ),
});

/** Which of those that are there: the latest are the likeliest. */
const nth = fc.oneof(fc.nat(2), fc.nat(2), fc.nat(40));
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('all' as const) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 400 }) },
  { weight: 1, arbitrary: fc.constantFrom('left' as const, 'too much' as const) },
);
const several = fc.array(entry, { minLength: 1, maxLength: 4 });
const limit = fc.oneof(fc.constant(null), fc.integer({ min: -400, max: 3_000 }));

const step: fc.Arbitrary<StepPlan> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('post' as const), entry }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('batch' as const, 'linked' as const),
      entries: several,
      twin: usually<'none' | 'inside' | 'beside'>(5, 'none', 'inside', 'beside'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      entry,
      expires: usually<number | null>(4, null, 0, 5, 5, 60),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('capture' as const),
      nth,
      part,
      final: usually(4, false, true),
      lopsided: usually(20, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reverse' as const), nth, part }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('again' as const),
      nth,
      how: usually<'same' | 'other body' | 'other kind'>(4, 'same', 'other body', 'other kind'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), both: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      account: fc.nat(12),
      action: fc.constantFrom(
        'unfreeze',
        'unfreeze',
        'freeze',
        'set_limits',
        'set_limits',
        'close',
        'close',
        'reopen',
      ),
      floor: limit,
      ceiling: limit,
    }),
  },
);

const operation: fc.Arbitrary<OperationPlan> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ as: fc.constant('alone' as const), step }) },
  {
    weight: 4,
    arbitrary: fc.record({
      as: fc.constant('joined' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      end: usually<'commit' | 'rollback'>(3, 'commit', 'rollback'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      as: fc.constant('period' as const),
      action: fc.constantFrom('close' as const, 'reopen' as const),
      daysAgo: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ as: 'expiry' as const }) },
);

/** Rounds of operations that begin together. */
export const program: fc.Arbitrary<readonly Round[]> = fc.noBias(
  fc.array(
    fc.record({
      kills: usually(3, 0, 1, 3),
      later: usually(4, 1, 0, 10, 86_400),
      operations: fc.array(operation, { minLength: 4, maxLength: 16 }),
    }),
    { minLength: 5, maxLength: 20, size: 'max' },
  ),
);
