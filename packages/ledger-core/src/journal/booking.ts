import { isLedgerError, type LedgerError } from '../errors.ts';
import { businessDay, type Day } from '../periods/business-day.ts';
import type { LinkedEntry } from './entry.ts';
import { newEntryId } from './entry-id.ts';
import { assertUntied, type PreparedEntry, prepare } from './prepare.ts';

/** Linked entries: all of them are posted, or none. */
export interface Group {
  readonly entries: readonly LinkedEntry[];
  /** Groups of one order key are posted in order: once one is rejected, the later ones of the batch are as well. */
  readonly orderKey?: string;
  /** Whether the ledger itself wrote them, and what they reverse or capture is so. */
  readonly isTied?: boolean;
}

/** A well-formed entry with the id and the times that it will have if it is accepted. */
export interface BookedEntry {
  readonly entryId: Buffer;
  readonly prepared: PreparedEntry;
  readonly effectiveAt: Date;
  readonly bookedAt: Date;
  readonly effectiveDay: Day;
  readonly bookedDay: Day;
}

export interface BookedGroup {
  /** In the order given; an entry that is not well formed is its error. */
  readonly entries: readonly (BookedEntry | LedgerError)[];
  readonly orderKey: string | undefined;
}

/** What can be told from the entries alone, without the database. */
export function bookGroups(groups: readonly Group[], bookedAt: Date, timeZone: string): BookedGroup[] {
  const bookedDay = businessDay(bookedAt, timeZone);
  const book = (entry: LinkedEntry, isTied: boolean): BookedEntry | LedgerError => {
    try {
      if (!isTied) assertUntied(entry);
      const prepared = prepare(entry);
      const { effectiveAt = prepared.entry.effectiveUnlessGiven } = prepared.entry;
      return {
        entryId: newEntryId(bookedAt),
        prepared,
        effectiveAt: effectiveAt ?? bookedAt,
        bookedAt,
        effectiveDay: effectiveAt === undefined ? bookedDay : businessDay(effectiveAt, timeZone),
        bookedDay,
      };
    } catch (error) {
      if (isLedgerError(error)) return error;
      throw error;
    }
  };
  return groups.map(({ entries, orderKey, isTied = false }) => ({
    entries: entries.map((entry) => book(entry, isTied)),
    orderKey,
  }));
}

/** The entries of all groups that are well formed. */
export function wellFormed(groups: readonly BookedGroup[]): BookedEntry[] {
  return groups.flatMap(({ entries }) =>
    entries.filter((entry): entry is BookedEntry => !isLedgerError(entry)),
  );
}
