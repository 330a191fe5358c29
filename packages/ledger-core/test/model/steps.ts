import type {
  AccountAction,
  AccountOpening,
  CaptureRequest,
  Entry,
  HoldRequest,
  ReversalRequest,
} from '../../src/index.ts';

/**
 * What one call asks of a ledger. Holds and entries are named by the idempotency key that made them, because their ids are known
 * only once they are there.
 */
export type Step =
  | { readonly do: 'post'; readonly entry: Entry }
  | { readonly do: 'batch'; readonly entries: readonly Entry[] }
  | { readonly do: 'linked'; readonly entries: readonly Entry[] }
  | { readonly do: 'hold'; readonly request: HoldRequest }
  | { readonly do: 'capture'; readonly hold: string; readonly request: Omit<CaptureRequest, 'holdId'> }
  | { readonly do: 'release'; readonly hold: string }
  | { readonly do: 'reverse'; readonly entry: string; readonly request: Omit<ReversalRequest, 'entryId'> }
  | { readonly do: 'open'; readonly openings: readonly AccountOpening[] }
  | {
      readonly do: 'change';
      readonly account: string;
      readonly action: Exclude<AccountAction, 'open'>;
      readonly floor?: bigint | null;
      readonly ceiling?: bigint | null;
    };

/**
 * What one caller does at once: a call of its own, several in a transaction of its own, closing days or opening them again, or the job
 * that expires holds.
 */
export type Operation =
  | { readonly as: 'alone'; readonly step: Step }
  | { readonly as: 'joined'; readonly steps: readonly Step[]; readonly end: 'commit' | 'rollback' }
  | { readonly as: 'period'; readonly action: 'close' | 'reopen'; readonly day: string }
  | { readonly as: 'expiry' };

/** A step's outcome in words that the auditor and the driver write alike, so that they can be compared as they are. */
export type Words = string;

export function refused(code: string, ...details: readonly unknown[]): Words {
  return [code, ...details].join(' ');
}

/** An operation on one line, for a report. */
export function describeOperation(operation: Operation): string {
  if (operation.as === 'expiry') return 'the job expires holds';
  if (operation.as === 'period') return `${operation.action} ${operation.day}`;
  if (operation.as === 'alone') return describeStep(operation.step);
  return `[${operation.steps.map(describeStep).join('; ')}; ${operation.end}]`;
}

function describeStep(step: Step): string {
  switch (step.do) {
    case 'post':
      return `post ${describeEntry(step.entry)}`;
    case 'batch':
    case 'linked':
      return `${step.do} {${step.entries.map(describeEntry).join(' | ')}}`;
    case 'hold':
      return `hold ${describeEntry(step.request)}`;
    case 'capture':
      return `capture of ${step.hold} ${describeEntry(step.request)}${step.request.final ? ' final' : ''}`;
    case 'release':
      return `release ${step.hold}`;
    case 'reverse':
      return `reverse ${step.entry} ${describeEntry(step.request)}`;
    case 'open':
      return `open ${step.openings.map(({ code }) => code).join(', ')}`;
    case 'change':
      return `${step.action} ${step.account}${step.action === 'set_limits' ? ` ${step.floor} ${step.ceiling}` : ''}`;
  }
}

function describeEntry(entry: Partial<Entry> & Pick<Entry, 'idempotencyKey'>): string {
  const { idempotencyKey, lines, limitOverride, description } = entry;
  const told = lines?.map(({ account, side, amount }) => `${side} ${account} ${amount.minor}`).join(', ');
  return [idempotencyKey, told ?? 'all', limitOverride && 'override', description].filter(Boolean).join(' ');
}
