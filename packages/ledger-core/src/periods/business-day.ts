import { describeRefused, LedgerError } from '../errors.ts';

/** A calendar day in a ledger's own time zone, `YYYY-MM-DD`. */
export type Day = string & { readonly __brand: 'Day' };

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The business day on which an instant falls in a time zone. */
export function businessDay(instant: Date, timeZone: string): Day {
  return formatterOf(timeZone).format(instant) as Day;
}

/**
 * Reads a day that is written `2026-02-28`.
 * @throws LedgerError `day_malformed` for anything but a day that exists, such as `2026-02-30`
 */
export function parseDay(text: string): Day {
  const isShaped = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const instant = isShaped ? new Date(`${text}T00:00:00Z`) : undefined;
  if (
    instant === undefined ||
    Number.isNaN(instant.getTime()) ||
    instant.toISOString().slice(0, 10) !== text ||
    text < '1000'
  ) {
    throw new LedgerError(
      'day_malformed',
      `A day is written YYYY-MM-DD and must exist; ${describeRefused(text)} is not one.`,
      { day: typeof text === 'string' ? text.slice(0, 40) : describeRefused(text) },
    );
  }
  return text as Day;
}

/** @throws LedgerError `ledger_malformed` when the time zone is not in the IANA database */
export function assertTimeZone(timeZone: string): void {
  formatterOf(timeZone);
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  try {
    // The Swedish locale writes a date as ISO 8601 does. Undefined would mean the machine's own zone, so it is text that is none.
    const made = new Intl.DateTimeFormat('sv-SE', {
      timeZone: String(timeZone),
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, made);
    return made;
  } catch (cause) {
    throw new LedgerError(
      'ledger_malformed',
      `Unknown time zone ${describeRefused(timeZone)}: use one such as Asia/Seoul.`,
      { timeZone: typeof timeZone === 'string' ? timeZone.slice(0, 80) : describeRefused(timeZone) },
      { cause },
    );
  }
}
