import {
  type AccountOpening,
  credit,
  debit,
  type Entry,
  type HoldRequest,
  type Line,
  minorUnits,
} from '../../src/index.ts';
import { ACCOUNTS, OPENINGS } from './accounts.ts';
import type { Books } from './books.ts';
import type { EntryPlan, Leg, OperationPlan, Round, StepPlan } from './program.ts';
import type { Operation, Step } from './steps.ts';

const DAY_MS = 86_400_000;
const VAST = 2n ** 61n;

/** Looks up what a program names by numbers, round by round. */
export interface Planner {
  /** @param books as they are before the round */
  plan(round: Round, books: Books): Operation[];
}

/** A step that has a key of its own, and so can come again. */
type KeyedStep = Extract<Step, { do: 'post' | 'hold' | 'capture' | 'reverse' }>;

export function createPlanner(): Planner {
  const issued: KeyedStep[] = [];
  let keys = 0;
  // Of the current round: keys and the operation that uses them, and what the steps of the current transaction make.
  let owners = new Map<string, OperationPlan>();
  let made: { holds: string[]; entries: string[] } = { holds: [], entries: [] };

  function plan({ operations }: Round, books: Books): Operation[] {
    owners = new Map();
    let hasExpiry = false;
    return operations.flatMap((operation): Operation[] => {
      made = { holds: [], entries: [] };
      if (operation.as === 'joined')
        return [{ ...operation, steps: operation.steps.map((step) => planStep(step, books, operation)) }];
      if (operation.as === 'alone')
        return [{ as: 'alone', step: planStep(operation.step, books, operation) }];
      // One at a time, so that it is clear whose work an expired hold is.
      if (hasExpiry) return [];
      hasExpiry = true;
      return [operation];
    });
  }

  function planStep(step: StepPlan, books: Books, operation: OperationPlan): Step {
    switch (step.do) {
      case 'post':
        return issue({ do: 'post', entry: newEntry(step.entry, books.now) }, operation);
      case 'batch':
      case 'linked':
        return planSeveral(step, books, operation);
      case 'hold':
        return issue({ do: 'hold', request: newHold(step, books.now) }, operation);
      case 'capture':
        return planCapture(step, books, operation);
      case 'release':
        return { do: 'release', hold: pick(holdsOf(books), step.nth) };
      case 'reverse':
        return planReversal(step, books, operation);
      case 'again':
        return again(step, books, operation);
      case 'change':
        return planChange(step);
    }
  }

  function planSeveral(
    step: Extract<StepPlan, { do: 'batch' | 'linked' }>,
    { now }: Books,
    operation: OperationPlan,
  ): Step {
    const entries = step.entries.map((entry) => newEntry(entry, now));
    const [first] = entries;
    if (step.twins && first !== undefined) entries.push(first);
    for (const entry of entries) issue({ do: 'post', entry }, operation);
    return { do: step.do, entries };
  }

  function planCapture(
    step: Extract<StepPlan, { do: 'capture' }>,
    books: Books,
    operation: OperationPlan,
  ): Step {
    const hold = pick(holdsOf(books), step.nth);
    const held = books.holds.get(hold)?.lines ?? requestOf(hold)?.lines ?? [];
    const lines = step.part === null ? undefined : partOf(held, step.part);
    if (step.lopsided) lines?.pop();
    const request = { idempotencyKey: newKey(), final: step.final, ...(lines ? { lines } : {}) };
    return issue({ do: 'capture', hold, request }, operation);
  }

  function planReversal(
    step: Extract<StepPlan, { do: 'reverse' }>,
    books: Books,
    operation: OperationPlan,
  ): Step {
    const entry = pick([...books.entries.keys(), ...made.entries], step.nth);
    const posted = books.entries.get(entry)?.lines ?? entryOf(entry)?.lines ?? [];
    const lines = step.part === null ? undefined : partOf(posted, step.part).map(opposite);
    const request = { idempotencyKey: newKey(), ...(lines ? { lines } : {}) };
    return issue({ do: 'reverse', entry, request }, operation);
  }

  /**
   * The same step again, or something else under its key. A key that a transaction of several steps uses stands in no other
   * operation of the round: whether a key is free is read without a lock, so such a transaction need not be equal to one that
   * happened at a single moment.
   */
  function again(
    { nth, how }: Extract<StepPlan, { do: 'again' }>,
    books: Books,
    operation: OperationPlan,
  ): Step {
    const first = issued.at(-1 - nth);
    if (first === undefined || isTaken(first, operation))
      return planStep({ do: 'post', entry: SIMPLE }, books, operation);
    owners.set(placeOf(first), isLong(operation) ? operation : (owners.get(placeOf(first)) ?? operation));
    if (how === 'same') return first;
    if (how === 'other kind') return { do: 'post', entry: entryFrom(SIMPLE, keyOf(first), books.now) };
    return withOtherBody(first);
  }

  function isTaken(step: KeyedStep, operation: OperationPlan): boolean {
    const owner = owners.get(placeOf(step));
    return owner !== undefined && owner !== operation && (isLong(owner) || isLong(operation));
  }

  function issue(step: KeyedStep, operation: OperationPlan): KeyedStep {
    issued.push(step);
    owners.set(placeOf(step), operation);
    if (operation.as === 'joined') made[step.do === 'hold' ? 'holds' : 'entries'].push(keyOf(step));
    return step;
  }

  const newKey = () => `key-${++keys}`;
  const newEntry = (plan: EntryPlan, now: Date) => entryFrom(plan, newKey(), now);
  const holdsOf = (books: Books) => [...books.holds.keys(), ...made.holds];
  const requestOf = (key: string) =>
    issued.flatMap((step) =>
      step.do === 'hold' && step.request.idempotencyKey === key ? [step.request] : [],
    )[0];
  const entryOf = (key: string) =>
    issued.flatMap((step) =>
      step.do === 'post' && step.entry.idempotencyKey === key ? [step.entry] : [],
    )[0];

  function newHold({ entry, expires }: Extract<StepPlan, { do: 'hold' }>, now: Date): HoldRequest {
    const { idempotencyKey, lines, limitOverride } = newEntry(entry, now);
    return {
      idempotencyKey,
      kind: 'held',
      lines,
      ...(limitOverride === undefined ? {} : { limitOverride }),
      ...(expires === null ? {} : { expiresAt: new Date(now.getTime() + expires * 1_000) }),
    };
  }

  return { plan };
}

const SIMPLE: EntryPlan = {
  currency: 'KRW',
  legs: [{ from: 0, to: 1, amount: 7 }],
  override: false,
  effective: null,
  flaw: 'none',
};

function withOtherBody(step: KeyedStep): KeyedStep {
  const description = 'another';
  switch (step.do) {
    case 'post':
      return { ...step, entry: { ...step.entry, description } };
    case 'hold':
      return { ...step, request: { ...step.request, description } };
    case 'capture':
      return { ...step, request: { ...step.request, description } };
    case 'reverse':
      return { ...step, request: { ...step.request, description } };
  }
}

function planChange({ account, action, floor, ceiling }: Extract<StepPlan, { do: 'change' }>): Step {
  const { code } = OPENINGS[account % OPENINGS.length] ?? { code: '' };
  if (action !== 'set_limits') return { do: 'change', account: code, action };
  const [low, high] = [floor, ceiling].map((limit) => (limit === null ? null : BigInt(limit)));
  return { do: 'change', account: code, action, floor: low ?? null, ceiling: high ?? null };
}

function entryFrom({ currency, legs, override, effective, flaw }: EntryPlan, key: string, now: Date): Entry {
  const lines =
    currency === 'both'
      ? [...linesOf(legs, ACCOUNTS.KRW, 1n), ...linesOf(legs, ACCOUNTS.USD, 1n)]
      : currency === 'vast'
        ? linesOf(legs.slice(0, 1), ACCOUNTS.vast, VAST)
        : linesOf(legs, ACCOUNTS[currency], 1n);
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

/** As much of each side, from its lines in their order: at most what they have, now and then one too many. */
function partOf(lines: readonly Line[], amount: number): Line[] {
  return (['debit', 'credit'] as const).flatMap((side) => {
    let wanted = BigInt(amount);
    return lines
      .filter((line) => line.side === side && line.amount.currency === lines[0]?.amount.currency)
      .flatMap((line, index, all) => {
        const size = line.amount.minor;
        const isLast = index === all.length - 1;
        const minor = wanted < size || isLast ? wanted : size;
        wanted -= minor;
        return minor === 0n ? [] : [{ ...line, amount: minorUnits(minor, line.amount.currency) }];
      });
  });
}

function opposite({ account, side, amount }: Line): Line {
  return side === 'debit' ? credit(account, amount) : debit(account, amount);
}

function pick(keys: readonly string[], nth: number): string {
  return keys.at(-1 - (nth % (keys.length + 1))) ?? 'none';
}

function keyOf(step: KeyedStep): string {
  return step.do === 'post' ? step.entry.idempotencyKey : step.request.idempotencyKey;
}

/** Holds have keys apart from those of entries. */
function placeOf(step: KeyedStep): string {
  return `${step.do === 'hold' ? 'hold' : 'entry'} ${keyOf(step)}`;
}

function isLong(operation: OperationPlan): boolean {
  return operation.as === 'joined' && operation.steps.length > 1;
}
