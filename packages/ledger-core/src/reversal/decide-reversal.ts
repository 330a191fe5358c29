import { LedgerError } from '../errors.ts';
import { credit, debit, type Line } from '../journal/entry.ts';
import { formatMinor, minorUnits } from '../money/money.ts';
import type { ReversibleLine } from './reversals-table.ts';

/** A line of the entry, with what is left to reverse of it: minor units, never below zero. */
export interface LeftLine extends ReversibleLine {
  readonly left: bigint;
}

/** How much of a line of the entry a reversal takes. */
export interface TakenLine {
  readonly lineNumber: number;
  readonly amount: bigint;
}

export function leftOf(lines: readonly ReversibleLine[], reversed: ReadonlyMap<number, bigint>): LeftLine[] {
  return lines.map((line) => ({
    ...line,
    left: (line.amount < 0n ? -line.amount : line.amount) - (reversed.get(line.lineNumber) ?? 0n),
  }));
}

/** The lines that reverse all that is left, each on the other side. */
export function reversingLines(left: readonly LeftLine[]): Line[] {
  return left
    .filter((line) => line.left > 0n)
    .map((line) => {
      const amount = minorUnits(line.left, line.currency);
      return line.amount > 0n ? credit(line.code, amount) : debit(line.code, amount);
    });
}

/** @returns what the wanted lines take of each line of the entry, or why they may not */
export function decideReversal(
  left: readonly LeftLine[],
  wanted: readonly Line[],
): TakenLine[] | LedgerError {
  const taken: TakenLine[] = [];
  for (const { account, side, amount } of wanted) {
    const line = left.find(
      ({ code, amount: signed }) => code === account && signed > 0n === (side === 'credit'),
    );
    if (line === undefined || line.currency !== amount.currency || amount.minor > line.left) {
      return new LedgerError(
        'reversal_exceeded',
        `Less is left of the entry than this to ${side} ${account}.`,
        {
          account,
          side,
          wanted: formatMinor(amount.minor, amount.currency),
          left: formatMinor(line?.left ?? 0n, line?.currency ?? amount.currency),
        },
      );
    }
    taken.push({ lineNumber: line.lineNumber, amount: amount.minor });
  }
  return taken;
}
