import type { AccountOpening, AccountStatus, Entry, HoldRequest } from '../../src/index.ts';
import { ACCOUNTS } from './accounts.ts';
import { dayOf } from './auditor.ts';
import type { Books } from './books.ts';
import { entryFrom, opposite, partOf, restOf, SIMPLE } from './draw-entry.ts';
import type { EntryPlan, OperationPlan, Round, StepPlan } from './program.ts';
import type { Operation, Step } from './steps.ts';

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
  let hasPeriod = false;
  // Of the current round: keys and the operation that uses them, and what the steps of the current transaction make.
  let owners = new Map<string, OperationPlan>();
  let made: { holds: string[]; entries: string[]; accounts: Set<string> } = nothing();

  function plan(round: Round, books: Books): Operation[] {
    const operations = withoutSecond(round.operations);
    owners = new Map();
    // An account that is opened while days are being closed may know it before the others do.
    hasPeriod = operations.some(({ as }) => as === 'period');
    return operations.flatMap((operation): Operation[] => {
      made = nothing();
      if (operation.as === 'joined')
        return [{ ...operation, steps: operation.steps.map((step) => planStep(step, books, operation)) }];
      if (operation.as === 'alone') return planAlone(operation, books);
      if (operation.as === 'period') {
        const { action, daysAgo } = operation;
        return [{ as: 'period', action, day: dayOf(new Date(books.now.getTime() - daysAgo * 86_400_000)) }];
      }
      return [operation];
    });
  }

  function planAlone(operation: Extract<OperationPlan, { as: 'alone' }>, books: Books): Operation[] {
    const step = planStep(operation.step, books, operation);
    const isBeside = 'twin' in operation.step && operation.step.twin === 'beside';
    const twin = isBeside && 'entries' in step ? step.entries[0] : undefined;
    const alone: Operation = { as: 'alone', step };
    return twin === undefined ? [alone] : [alone, { as: 'alone', step: { do: 'post', entry: twin } }];
  }

  function planStep(step: StepPlan, books: Books, operation: OperationPlan): Step {
    switch (step.do) {
      case 'post':
        return issue({ do: 'post', entry: newEntry(step.entry, books, isLong(operation)) }, operation);
      case 'batch':
      case 'linked':
        return planSeveral(step, books, operation);
      case 'hold':
        return issue({ do: 'hold', request: newHold(step, books, isLong(operation)) }, operation);
      case 'capture':
        return planCapture(step, books, operation);
      case 'release':
        return { do: 'release', hold: pick(holdsOf(books), step.nth) };
      case 'reverse':
        return planReversal(step, books, operation);
      case 'again':
        return again(step, books, operation);
      case 'open':
        if (hasPeriod) return planStep({ do: 'post', entry: SIMPLE }, books, operation);
        return planOpening(step.both ? ACCOUNTS.late : ACCOUNTS.late.slice(0, 1));
      case 'change':
        return planChange(step, books);
    }
  }

  function planSeveral(
    step: Extract<StepPlan, { do: 'batch' | 'linked' }>,
    books: Books,
    operation: OperationPlan,
  ): Step {
    const entries = step.entries.map((entry) => newEntry(entry, books, true));
    const [first] = entries;
    if (step.twin === 'inside' && first !== undefined) entries.push(first);
    for (const entry of entries) issue({ do: 'post', entry }, operation);
    return { do: step.do, entries };
  }

  function planCapture(
    step: Extract<StepPlan, { do: 'capture' }>,
    books: Books,
    operation: OperationPlan,
  ): Step {
    const hold = pick(holdsOf(books), step.nth);
    const held = books.holds.get(hold);
    const rest = held === undefined ? (requestOf(hold)?.lines ?? []) : restOf(held.lines, held.remaining);
    const lines = partOf(rest, step.part);
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
    const posted = books.entries.get(entry);
    const rest = posted === undefined ? (entryOf(entry)?.lines ?? []) : restOf(posted.lines, posted.left);
    const lines = partOf(rest, step.part)?.map(opposite);
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
    if (first === undefined || isTaken(first, operation) || isUnsure(first, books, operation))
      return planStep({ do: 'post', entry: SIMPLE }, books, operation);
    owners.set(placeOf(first), isLong(operation) ? operation : (owners.get(placeOf(first)) ?? operation));
    if (how === 'same') return first;
    if (how === 'other kind') return { do: 'post', entry: entryFrom(SIMPLE, keyOf(first), books.now) };
    return withOtherBody(first);
  }

  function isUnsure(step: KeyedStep, { accounts }: Books, operation: OperationPlan): boolean {
    const { lines } = step.do === 'post' ? step.entry : step.request;
    const isLate = (code: string) => ACCOUNTS.late.some((late) => late.code === code);
    return (
      isLong(operation) && lines?.some(({ account }) => isLate(account) && !accounts.has(account)) === true
    );
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
  const holdsOf = (books: Books) => [...books.holds.keys(), ...made.holds];
  const requestOf = (key: string) =>
    issued.flatMap((step) =>
      step.do === 'hold' && step.request.idempotencyKey === key ? [step.request] : [],
    )[0];
  const entryOf = (key: string) =>
    issued.flatMap((step) =>
      step.do === 'post' && step.entry.idempotencyKey === key ? [step.entry] : [],
    )[0];

  function planOpening(openings: readonly AccountOpening[]): Step {
    for (const { code } of openings) made.accounts.add(code);
    return { do: 'open', openings };
  }

  /**
   * Accounts are looked up before they are locked, so of several entries one may be told that an account is not there, and the next
   * see what came after it was opened. So they name such an account only once it is sure to be there.
   */
  function newEntry(plan: EntryPlan, books: Books, isOneOfSeveral: boolean): Entry {
    const isSure = ACCOUNTS.late.every(({ code }) => books.accounts.has(code) || made.accounts.has(code));
    const currency = plan.currency === 'late' && isOneOfSeveral && !isSure ? 'KRW' : plan.currency;
    return entryFrom({ ...plan, currency }, newKey(), books.now);
  }

  function newHold(
    { entry, expires }: Extract<StepPlan, { do: 'hold' }>,
    books: Books,
    isOneOfSeveral: boolean,
  ): HoldRequest {
    const { now } = books;
    const { idempotencyKey, lines, limitOverride } = newEntry(entry, books, isOneOfSeveral);
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

/**
 * One job that expires holds at a time, so that it is clear whose work an expired hold is; and one change of what is closed, because two
 * are told what both came to, and not what each did.
 */
function withoutSecond(operations: readonly OperationPlan[]): OperationPlan[] {
  return operations.filter(
    ({ as }, index) =>
      (as !== 'expiry' && as !== 'period') || operations.findIndex((other) => other.as === as) === index,
  );
}

function nothing() {
  return { holds: [], entries: [], accounts: new Set<string>() };
}

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

/** Of an account that the change is likely to change, where there is one. */
function planChange(
  { account, action, floor, ceiling }: Extract<StepPlan, { do: 'change' }>,
  { accounts }: Books,
): Step {
  const all = [...accounts.values()];
  const fitting = all.filter(({ status, debit: debits, credit: credits }) =>
    action === 'close' ? status === 'open' && debits === credits : status === MENDS[action],
  );
  const candidates = fitting.length > 0 ? fitting : all;
  const { code = '' } = candidates[account % candidates.length] ?? {};
  if (action !== 'set_limits') return { do: 'change', account: code, action };
  const [low = null, high = null] = [floor, ceiling].map((limit) => (limit === null ? null : BigInt(limit)));
  return { do: 'change', account: code, action, floor: low, ceiling: high };
}

const MENDS: Readonly<Record<string, AccountStatus>> = { unfreeze: 'frozen', reopen: 'closed' };

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
