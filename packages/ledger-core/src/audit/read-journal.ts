import type { Knex } from 'knex';
import { readStoredAfter, type StoredEntry } from '../journal/stored-entries-table.ts';

const PAGE = 1_000;

/**
 * Every entry with its lines, page by page in the order of the ids, so that memory does not grow with the journal. MySQL reads the
 * next page while this one is looked at.
 */
export async function* readJournal(trx: Knex, ledgerId: number): AsyncIterable<StoredEntry[]> {
  let next = readStoredAfter(trx, ledgerId, Buffer.alloc(16), PAGE);
  for (;;) {
    const page = await next;
    const last = page.at(-1);
    if (last === undefined) return;
    next = readStoredAfter(trx, ledgerId, last.entryId, PAGE);
    // If the reader fails meanwhile, this page's failure is nobody's any more.
    next.catch(() => {});
    yield page;
  }
}
