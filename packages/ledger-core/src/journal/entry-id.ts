import { v7 } from 'uuid';
import { LedgerError } from '../errors.ts';
import type { EntryId } from './entry.ts';

/** A fresh id whose time is the millisecond of booking, so that ids sort as they were booked. */
export function newEntryId(bookedAt: Date): Buffer {
  return Buffer.from(v7({ msecs: bookedAt.getTime() }, Buffer.alloc(16)));
}

export function toEntryId(bytes: Buffer): EntryId {
  return `ent_${bytes.toString('hex')}`;
}

/** @throws LedgerError `entry_malformed` */
export function fromEntryId(id: string): Buffer {
  if (!/^ent_[0-9a-f]{32}$/.test(id)) {
    throw new LedgerError('entry_malformed', 'An entry id is ent_ and 32 hexadecimal digits.', {
      entryId: String(id).slice(0, 80),
    });
  }
  return Buffer.from(id.slice(4), 'hex');
}
