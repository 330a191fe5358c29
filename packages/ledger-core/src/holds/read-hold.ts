import type { Knex } from 'knex';
import { credit, debit } from '../journal/entry.ts';
import { fromHoldId, toHoldId } from '../journal/entry-id.ts';
import { minorUnits } from '../money/money.ts';
import { unknownHold } from './capture-hold.ts';
import type { Hold, HoldLine } from './hold.ts';
import { findHold, readHoldLines, type StoredHoldLine } from './holds-table.ts';

/** @throws LedgerError `hold_unknown` */
export async function readHold(db: Knex, ledgerId: number, id: string): Promise<Hold> {
  const stored = await findHold(db, ledgerId, fromHoldId(id));
  if (stored === undefined) throw unknownHold(id);
  const { holdId, fingerprint: _fingerprint, ...rest } = stored;
  const lines = await readHoldLines(db, ledgerId, holdId);
  return { ...rest, holdId: toHoldId(holdId), lines: lines.map(toLine) };
}

function toLine({ code, currency, amount, remaining }: StoredHoldLine): HoldLine {
  return amount > 0n
    ? { ...debit(code, minorUnits(amount, currency)), remaining }
    : { ...credit(code, minorUnits(-amount, currency)), remaining: -remaining };
}
