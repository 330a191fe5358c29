import { v7 } from 'uuid';
import { LedgerError } from '../errors.ts';
import type { EntryId, HoldId } from './entry.ts';

/** A fresh id whose time is the millisecond of booking, so that ids sort as they were booked. */
export function newEntryId(bookedAt: Date): Buffer {
  return Buffer.from(v7({ msecs: bookedAt.getTime() }, Buffer.alloc(16)));
}

/** The lowest id that an entry booked at this instant, or later, can have. */
export function firstEntryIdAt(bookedAt: Date): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, bookedAt.getTime()), 0, 6);
  return bytes;
}

export function toEntryId(bytes: Buffer): EntryId {
  return `ent_${bytes.toString('hex')}`;
}

export function toHoldId(bytes: Buffer): HoldId {
  return `hld_${bytes.toString('hex')}`;
}

/** @throws LedgerError `entry_malformed` */
export function fromEntryId(id: string): Buffer {
  return bytesOf('ent_', id, 'An entry id is ent_ and 32 hexadecimal digits.');
}

/** @throws LedgerError `entry_malformed` */
export function fromHoldId(id: string): Buffer {
  return bytesOf('hld_', id, 'A hold id is hld_ and 32 hexadecimal digits.');
}

function bytesOf(prefix: string, id: unknown, rule: string): Buffer {
  if (typeof id !== 'string' || !id.startsWith(prefix) || !/^[0-9a-f]{32}$/.test(id.slice(4)))
    throw new LedgerError('entry_malformed', rule, { id: String(id).slice(0, 80) });
  return Buffer.from(id.slice(4), 'hex');
}
