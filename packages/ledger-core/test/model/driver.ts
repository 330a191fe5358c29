import type { Knex } from 'knex';
import {
  type HoldId,
  inTransaction,
  isConnectionLoss,
  isLedgerError,
  type Ledger,
  type LedgerError,
  type LedgerWriter,
  type Outcome,
} from '../../src/index.ts';
import { type Operation, refused, type Step, type Words } from './steps.ts';

/** What came of an operation. Times are places in the order of all begins and ends of a run. */
export interface Observation {
  readonly begin: number;
  readonly end: number;
  readonly outcome: Words;
  /** How many calls before the answered one died with their connection: what they did is unknown. */
  readonly lost: number;
  /** The holds that the job says it has expired. */
  readonly expired: readonly HoldId[];
}

export interface Driver {
  perform(operation: Operation): Promise<Observation>;
  /** The id of the hold that this key made. */
  holdId(key: string): HoldId | undefined;
}

const MOST_ATTEMPTS = 20;

/** Makes calls of ledgers, as many processes would, and makes those again whose outcome is unknown. */
export function createDriver(knex: Knex, ledgers: readonly Ledger[]): Driver {
  // By what and key, such as `hold key-1`: a key that has been used has one id, whoever asks.
  const ids = new Map<string, string>();
  let moment = 0;
  let calls = 0;

  async function perform(operation: Operation): Promise<Observation> {
    const begin = ++moment;
    for (let lost = 0; ; lost++) {
      const expired: HoldId[] = [];
      try {
        const outcome = await attempt(operation, expired);
        return { begin, end: ++moment, outcome, lost, expired };
      } catch (error) {
        if (!isRetried(error) || lost >= MOST_ATTEMPTS) throw error;
      }
    }
  }

  async function attempt(operation: Operation, expired: HoldId[]): Promise<Words> {
    const ledger = ledgers[calls++ % ledgers.length];
    if (ledger === undefined) throw new Error('There is no ledger to call.');
    if (operation.as === 'expiry') {
      expired.push(...(await ledger.expireHolds()));
      return 'done';
    }
    if (operation.as === 'period') return changePeriod(ledger, operation);
    const made = new Map<string, string>();
    if (operation.as === 'alone') {
      const outcome = await tell(ledger, operation.step, made);
      keep(made);
      return outcome;
    }
    const { steps, end } = operation;
    const outcomes: Words[] = [];
    const work = async (trx: Knex.Transaction) => {
      made.clear();
      outcomes.length = 0;
      for (const step of steps) outcomes.push(await tell(ledger.within(trx), step, made));
      if (end === 'rollback') throw new RolledBack();
    };
    await inTransaction(knex, work).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    if (end === 'commit') keep(made);
    return outcomes.join('; ');
  }

  /** Does a step, and puts its outcome in the auditor's words. What is no answer of the ledger's is thrown. */
  async function tell(writer: LedgerWriter, step: Step, made: Map<string, string>): Promise<Words> {
    try {
      return await doStep(writer, step, made);
    } catch (error) {
      if (!isLedgerError(error) || isRetried(error)) throw error;
      return wordsOf(error);
    }
  }

  async function doStep(writer: LedgerWriter, step: Step, made: Map<string, string>): Promise<Words> {
    const note = (what: 'hold' | 'entry', key: string, id: string) => made.set(`${what} ${key}`, id);
    const noted = ({ entryId, idempotencyKey, replayed }: NonNullable<Posted>) => {
      note('entry', idempotencyKey, entryId);
      return replayed ? 'replayed' : 'posted';
    };
    switch (step.do) {
      case 'post':
        return noted(await writer.post(step.entry));
      case 'linked':
        return (await writer.postLinked(step.entries)).map(noted).join(', ');
      case 'batch':
        return (await writer.postBatch(step.entries))
          .map((outcome) => (outcome.status === 'rejected' ? wordsOf(outcome.error) : noted(outcome.posted)))
          .join(', ');
      case 'hold': {
        const { holdId, idempotencyKey, replayed } = await writer.hold(step.request);
        note('hold', idempotencyKey, holdId);
        return replayed ? 'replayed' : 'held';
      }
      case 'capture': {
        const holdId = idOf('hold', step.hold, made) as HoldId;
        const captured = await writer.capture({ ...step.request, holdId });
        return `${noted(captured)}, ${captured.holdStatus}`;
      }
      case 'release':
        return writer.release(idOf('hold', step.hold, made) as HoldId);
      case 'reverse': {
        const entryId = idOf('entry', step.entry, made) as `ent_${string}`;
        const reversed = await writer.reverse({ ...step.request, entryId });
        return `${noted(reversed)}, ${reversed.isWhole ? 'whole' : 'part'}`;
      }
      case 'open':
        await writer.openAccounts(step.openings);
        return 'opened';
      case 'change': {
        const { status, floor, ceiling } = await changeAccount(writer, step);
        return `${status} ${floor} ${ceiling}`;
      }
    }
  }

  /** The id of what a key made; one that nothing has where it made nothing. */
  function idOf(what: 'hold' | 'entry', key: string, made: ReadonlyMap<string, string>): string {
    const place = `${what} ${key}`;
    return made.get(place) ?? ids.get(place) ?? `${what === 'hold' ? 'hld' : 'ent'}_${'0'.repeat(32)}`;
  }

  function keep(made: ReadonlyMap<string, string>): void {
    for (const [place, id] of made) {
      const first = ids.get(place) ?? id;
      if (first !== id) throw new Error(`One key, two results: ${place} is ${first} and ${id}.`);
      ids.set(place, id);
    }
  }

  return { perform, holdId: (key) => ids.get(`hold ${key}`) as HoldId | undefined };
}

type Posted = Extract<Outcome, { status: 'posted' | 'replayed' }>['posted'];

const DECISION = { by: 'the workload', reason: 'drawn' };

function changeAccount(writer: LedgerWriter, step: Extract<Step, { do: 'change' }>) {
  const { account, action, floor = null, ceiling = null } = step;
  switch (action) {
    case 'freeze':
      return writer.freezeAccount(account, DECISION);
    case 'unfreeze':
      return writer.unfreezeAccount(account, DECISION);
    case 'close':
      return writer.closeAccount(account, DECISION);
    case 'reopen':
      return writer.reopenAccount(account, DECISION);
    case 'set_limits':
      return writer.setLimits(account, { floor, ceiling }, DECISION);
  }
}

async function changePeriod(
  ledger: Ledger,
  { action, day }: Extract<Operation, { as: 'period' }>,
): Promise<Words> {
  const change = action === 'close' ? ledger.closePeriod : ledger.reopenPeriod;
  return `closed ${(await change(day, DECISION)).closedThrough ?? undefined}`;
}

/** Asks until there is an answer: for what can be asked again without a doubt. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!isRetried(error) || attempt >= MOST_ATTEMPTS) throw error;
    }
  }
}

/** Nothing is known of the call, or it is known that it lost to others and did nothing. */
function isRetried(error: unknown): boolean {
  if (isLedgerError(error)) return error.code === 'database_unreachable' || error.code === 'database_busy';
  return isConnectionLoss(error);
}

/** Which details the auditor foretells. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  account_unknown: ['account'],
  currency_mismatch: ['account'],
  period_closed: ['effectiveDay', 'closedThrough'],
  account_closed: ['account'],
  account_frozen: ['account'],
  account_not_zero: ['account'],
  balance_overflow: ['account'],
  limit_exceeded: ['account', 'limit', 'bound', 'balance'],
  entry_malformed: ['field'],
  hold_closed: ['status'],
  hold_exceeded: ['side', 'account'],
  reversal_exceeded: ['side', 'account'],
};

function wordsOf({ code, details }: LedgerError): Words {
  const told = (TOLD[code] ?? []).flatMap((name) => details[name] ?? []);
  const index = details['index'];
  return `${refused(code, ...told)}${index === undefined ? '' : ` at ${index}`}`;
}

/** Ends a transaction without committing it, as a caller may. */
class RolledBack extends Error {}
