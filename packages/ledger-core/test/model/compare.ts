import type { Ledger } from '../../src/index.ts';
import { major, onNormalSide } from './auditor.ts';
import { type AccountBook, type Books, isDue } from './books.ts';
import { type Driver, untilAnswered } from './driver.ts';

/** All accounts as the database has them, in the auditor's words. */
export async function readAccounts(ledger: Ledger): Promise<Map<string, string>> {
  const { accounts } = await untilAnswered(() => ledger.listAccounts({ limit: 100 }));
  const balances = await untilAnswered(() => ledger.balances(accounts.map(({ code }) => code)));
  const terms = new Map(accounts.map((account) => [account.code, account]));
  return new Map(
    balances.map(({ account, posted, pendingIn, pendingOut, available }) => {
      const { status, floor, ceiling } = terms.get(account) ?? {};
      return [account, `${posted} +${pendingIn} -${pendingOut} =${available} ${status} ${floor} ${ceiling}`];
    }),
  );
}

export function differenceOf({ accounts }: Books, stored: ReadonlyMap<string, string>): string | undefined {
  const stranger = [...stored.keys()].find((code) => !accounts.has(code));
  if (stranger !== undefined) return `${stranger} is open, and should not be`;
  for (const [code, book] of accounts)
    if (stored.get(code) !== wordsOf(book))
      return `${code} is ${stored.get(code)}, and should be ${wordsOf(book)}`;
  return undefined;
}

function wordsOf(book: AccountBook): string {
  const { currency, status, floor, ceiling } = book;
  const { posted, coming, going } = onNormalSide(book);
  const [all, more, less, available] = [posted, coming, going, posted - going].map((minor) =>
    major(minor, currency),
  );
  return `${all} +${more} -${less} =${available} ${status} ${floor} ${ceiling}`;
}

/** After the job has come round, nothing is open that was due. */
export function assertNoneDue(books: Books): void {
  for (const [key, hold] of books.holds)
    if (isDue(books, hold)) throw new Error(`The job left ${key} open, which is due.`);
}

/** The end of a run: holds and entries as the auditor has them, and verify clean. */
export async function assertEnd(ledger: Ledger, driver: Driver, books: Books): Promise<void> {
  for (const [key, { status, remaining }] of books.holds) {
    const id = driver.holdId(key);
    if (id === undefined) throw new Error(`Nobody was told the id of hold ${key}.`);
    const hold = await untilAnswered(() => ledger.getHold(id));
    const stored = `${hold.status} ${hold.lines.map((line) => line.remaining)}`;
    const expected = `${status} ${remaining}`;
    if (stored !== expected) throw new Error(`Hold ${key} is ${stored}, and should be ${expected}.`);
  }
  const [change] = await untilAnswered(() => ledger.periodChanges({ limit: 1 }));
  const closed = change?.closedThrough ?? undefined;
  if (closed !== books.closed.get('through'))
    throw new Error(`Days are closed up to ${closed}, and should be up to ${books.closed.get('through')}.`);
  await untilAnswered(() => ledger.seal({ olderThanMs: 0 }));
  const { ok, checked, findings } = await untilAnswered(() => ledger.verify({ lagAllowanceMs: 0 }));
  if (!ok) throw new Error(`verify found ${JSON.stringify(findings, null, 2)}`);
  if (checked.entries !== books.entries.size)
    throw new Error(`There are ${checked.entries} entries, and should be ${books.entries.size}.`);
}
