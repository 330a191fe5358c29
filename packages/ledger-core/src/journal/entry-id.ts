import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { LedgerError } from '../errors.ts';
import type { EntryId, HoldId } from './entry.ts';

/**
 * A fresh id whose time is the millisecond of booking, and above every id of this process's for the same millisecond: ids sort as
 * they were booked, and rows go to the end of their indexes.
 */
export function newEntryId(bookedAt: Date): Buffer {
  const msecs = bookedAt.getTime();
  const random = nextRandom();
  if (msecs === last.msecs) last.seq++;
  else last = { msecs, seq: random.readUInt32BE() >>> 2 };
  return Buffer.from(v7({ msecs, seq: last.seq, random }, Buffer.alloc(16)));
}

let last = { msecs: Number.NaN, seq: 0 };

/** Random bytes are drawn for many ids at once: a draw costs the same for sixteen bytes as for thousands. */
const pool = Buffer.alloc(16 * 1024);
let drawn = pool.length;

function nextRandom(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += 16;
  return pool.subarray(drawn - 16, drawn);
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
