import { isLedgerError, LedgerError } from '../errors.ts';
import type { LockedBalance } from './balances-table.ts';
import type { BookedEntry, BookedGroup } from './booking.ts';
import { applyEntry, type Books, type DecidedLine, decideEntry, decideKey, type KnownKey } from './decide.ts';
import type { PostedEntry } from './entry.ts';
import { toEntryId } from './entry-id.ts';

/** What became of one entry of a batch: a bad one is rejected alone. */
export type Outcome =
  | { readonly status: 'posted' | 'replayed'; readonly posted: PostedEntry }
  | { readonly status: 'rejected'; readonly error: LedgerError };

export interface Decisions {
  /** Group by group, an outcome for each entry. */
  readonly outcomes: Outcome[][];
  readonly accepted: BookedEntry[];
  readonly lines: { booked: BookedEntry; line: DecidedLine }[];
}

/** Decides each group after those before it: a pure fold over the books, which it changes. */
export function decideGroups(
  groups: readonly BookedGroup[],
  stored: ReadonlyMap<string, KnownKey>,
  books: Books,
): Decisions {
  const known = new Map(stored);
  const blocked = new Map<string, Outcome>();
  const decisions: Decisions = { outcomes: [], accepted: [], lines: [] };
  for (const { entries, orderKey } of groups) {
    const blocker = orderKey === undefined ? undefined : blocked.get(orderKey);
    if (blocker !== undefined) {
      decisions.outcomes.push(entries.map(() => blocker));
      continue;
    }
    const saved = save(entries, books);
    const decided = entries.map((entry) => decideOne(entry, known, books));
    const refused = refusalOf(decided);
    if (refused === undefined) {
      collect(decided, decisions);
      continue;
    }
    undo(decided, saved, known, books);
    decisions.outcomes.push(entries.map(() => refused));
    if (orderKey !== undefined) blocked.set(orderKey, refused);
  }
  return decisions;
}

interface Decided {
  readonly outcome: Outcome;
  /** Undefined when nothing is to be written: it was rejected, or had been posted before. */
  readonly accepted?: BookedEntry;
  readonly lines: readonly DecidedLine[];
}

function decideOne(booked: BookedEntry | LedgerError, known: Map<string, KnownKey>, books: Books): Decided {
  if (isLedgerError(booked)) return { outcome: rejected(booked), lines: [] };
  const { entryId, prepared, effectiveDay } = booked;
  const { idempotencyKey } = prepared.entry;
  const first = known.get(idempotencyKey);
  const error = first === undefined ? decideEntry(prepared, effectiveDay, books) : decideKey(prepared, first);
  if (error !== undefined) return { outcome: rejected(error), lines: [] };
  if (first !== undefined) return { outcome: accepted('replayed', first.entryId, idempotencyKey), lines: [] };
  known.set(idempotencyKey, { entryId, fingerprint: prepared.fingerprint });
  return {
    outcome: accepted('posted', entryId, idempotencyKey),
    accepted: booked,
    lines: applyEntry(prepared, books),
  };
}

/** The first rejection of a group, which all of it shares; of linked entries it says which one it was. */
function refusalOf(decided: readonly Decided[]): Outcome | undefined {
  const index = decided.findIndex(({ outcome }) => outcome.status === 'rejected');
  const outcome = decided[index]?.outcome;
  if (outcome?.status !== 'rejected' || decided.length === 1) return outcome;
  const { code, message, details } = outcome.error;
  return rejected(new LedgerError(code, message, { ...details, index }, { cause: outcome.error }));
}

function collect(decided: readonly Decided[], decisions: Decisions): void {
  decisions.outcomes.push(decided.map(({ outcome }) => outcome));
  for (const { accepted: booked, lines } of decided) {
    if (booked === undefined) continue;
    decisions.accepted.push(booked);
    for (const line of lines) decisions.lines.push({ booked, line });
  }
}

/** Copies of the balances that a group of several may change. A lone entry is decided before it changes anything. */
function save(entries: BookedGroup['entries'], { accounts, balances }: Books): LockedBalance[] {
  if (entries.length < 2) return [];
  const codes = new Set(
    entries.flatMap((booked) =>
      isLedgerError(booked) ? [] : booked.prepared.entry.lines.map(({ account }) => account),
    ),
  );
  return [...codes].flatMap((code) => {
    const balance = balances.get(accounts.get(code)?.accountId ?? -1);
    return balance === undefined ? [] : [{ ...balance }];
  });
}

/** All or none: what a rejected group's accepted entries did to the balances and keys is taken back. */
function undo(
  decided: readonly Decided[],
  saved: readonly LockedBalance[],
  known: Map<string, KnownKey>,
  books: Books,
): void {
  for (const { accepted: booked } of decided)
    if (booked !== undefined) known.delete(booked.prepared.entry.idempotencyKey);
  for (const balance of saved) Object.assign(books.balances.get(balance.accountId) ?? {}, balance);
}

function accepted(status: 'posted' | 'replayed', entryId: Buffer, idempotencyKey: string): Outcome {
  return { status, posted: { entryId: toEntryId(entryId), idempotencyKey, replayed: status === 'replayed' } };
}

function rejected(error: LedgerError): Outcome {
  return { status: 'rejected', error };
}
