import { type AccountOpening, credit, debit, type Entry, type Line, minorUnits } from '../../src/index.ts';
import { ACCOUNTS } from './accounts.ts';
import type { EntryPlan, Leg, Part } from './program.ts';

const DAY_MS = 86_400_000;
const VAST = 2n ** 61n;
const MAX_MINOR = 2n ** 63n - 1n;

/** Accounts that may not be open yet, beside some that are. */
const MIXED: readonly AccountOpening[] = [...ACCOUNTS.late, ...ACCOUNTS.KRW.slice(0, 3)];

/** An entry in which nothing is wrong. */
export const SIMPLE: EntryPlan = {
  currency: 'KRW',
  legs: [{ from: 0, to: 1, amount: 7 }],
  override: false,
  effective: null,
  flaw: 'none',
};

export function entryFrom(
  { currency, legs, override, effective, flaw }: EntryPlan,
  key: string,
  now: Date,
): Entry {
  const lines =
    currency === 'both'
      ? [...linesOf(legs, ACCOUNTS.KRW, 1n), ...linesOf(legs, ACCOUNTS.USD, 1n)]
      : currency === 'vast'
        ? linesOf(legs.slice(0, 1), ACCOUNTS.vast, VAST)
        : linesOf(legs, currency === 'late' ? MIXED : ACCOUNTS[currency], 1n);
  return {
    idempotencyKey: key,
    kind: 'drawn',
    lines: spoilt(lines, flaw),
    ...(override ? { limitOverride: { by: 'the workload', reason: 'drawn' } } : {}),
    ...(effective === null ? {} : { effectiveAt: new Date(now.getTime() + effective * DAY_MS) }),
  };
}

/** Vast amounts are one to three quarters of what a total holds; the others are as they were drawn. */
function linesOf(legs: readonly Leg[], accounts: readonly AccountOpening[], unit: bigint): Line[] {
  const sums = new Map<string, Line>();
  for (const { from, to, amount } of legs) {
    const minor = unit === 1n ? BigInt(amount) : unit * BigInt(1 + (amount % 3));
    for (const [side, index] of [
      ['debit', from],
      ['credit', to],
    ] as const) {
      const { code = '', currency = '' } = accounts[index % accounts.length] ?? {};
      const before = sums.get(`${side} ${code}`)?.amount.minor ?? 0n;
      sums.set(`${side} ${code}`, { account: code, side, amount: minorUnits(before + minor, currency) });
    }
  }
  return [...sums.values()];
}

function spoilt(lines: Line[], flaw: EntryPlan['flaw']): Line[] {
  const [first, ...rest] = lines;
  if (first === undefined) return lines;
  const { currency } = first.amount;
  switch (flaw) {
    case 'none':
      return lines;
    case 'one line':
      return [first];
    case 'twice':
      return [first, ...lines];
    case 'unbalanced':
      return [{ ...first, amount: minorUnits(first.amount.minor + 1n, currency) }, ...rest];
    case 'zero':
      return [{ ...first, amount: minorUnits(0n, currency) }, ...rest];
    case 'unknown account':
      return [{ ...first, account: 'assets:nowhere' }, ...rest];
    case 'other currency':
      return lines.map((line) => ({ ...line, amount: minorUnits(line.amount.minor, 'JPY') }));
  }
}

/** What is left of lines; all of them where nothing is, so that something can be wanted that is not there. */
export function restOf(lines: readonly Line[], left: readonly bigint[]): readonly Line[] {
  const rest = lines.flatMap((line, index) => {
    const minor = left[index] ?? 0n;
    return minor === 0n ? [] : [{ ...line, amount: minorUnits(minor, line.amount.currency) }];
  });
  return rest.length === 0 ? lines : rest;
}

/** As much of each side in one currency, from its lines in their order; the last of them takes what is above all. */
export function partOf(lines: readonly Line[], part: Part): Line[] | undefined {
  if (part === 'all') return undefined;
  const sides = (['debit', 'credit'] as const).map((side) =>
    lines.filter((line) => line.side === side && line.amount.currency === lines[0]?.amount.currency),
  );
  const [sum = 0n] = sides.map((ofSide) => ofSide.reduce((all, { amount }) => all + amount.minor, 0n));
  const amount = typeof part === 'number' ? BigInt(part) : sum + (part === 'left' ? 0n : 1n);
  if (amount > MAX_MINOR) return [...lines];
  return sides.flatMap((ofSide) => {
    let wanted = amount;
    return ofSide.flatMap((line, index) => {
      const isLast = index === ofSide.length - 1;
      const minor = isLast || wanted < line.amount.minor ? wanted : line.amount.minor;
      wanted -= minor;
      return minor === 0n ? [] : [{ ...line, amount: minorUnits(minor, line.amount.currency) }];
    });
  });
}

export function opposite({ account, side, amount }: Line): Line {
  return side === 'debit' ? credit(account, amount) : debit(account, amount);
}
