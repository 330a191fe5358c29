import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { findLedger } from '../ledgers-table.ts';
import { EMBEDDED_TOPIC } from '../outbox/source-topic.ts';
import { SETTLEMENT_CONSUMER } from '../settlement/payment-confirmed.ts';
import { firstSeqFrom, firstSeqSince, lastSeqUpTo } from './events-table.ts';
import { firstArchivedSince, lastArchivedUpTo } from './history.ts';

/** A place in the stream of events: an outbox seq, an instant, or where Kafka has an event. */
export type ReplayPlace =
  | { readonly seq: bigint }
  | { readonly instant: Date }
  | { readonly topic: string; readonly partition: number; readonly offset: bigint };

/** ISO 8601 with a zone, because a time without one is another in each place. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;
/** What begins as a day does is an instant, and a malformed one. */
const KAFKA_PLACE = /^(?!\d{4}-\d{2}-\d{2})([A-Za-z0-9._-]{1,191}):(\d{1,9}):(\d{1,18})$/;
const SEQ = /^\d{1,18}$/;

/**
 * Reads `1000`, `2026-11-23T09:00:00Z` or `jangbu.payment:2:4711`.
 * @throws LedgerError `replay_malformed`
 */
export function parsePlace(field: string, text: string): ReplayPlace {
  if (SEQ.test(text)) return { seq: BigInt(text) };
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return { instant: new Date(text) };
  const kafka = KAFKA_PLACE.exec(text);
  if (kafka !== null) {
    const [, topic = '', partition, offset] = kafka;
    // The embedded source reads the outbox itself, whose offsets are the seqs.
    return topic === EMBEDDED_TOPIC
      ? { seq: BigInt(offset ?? 0) }
      : { topic, partition: Number(partition), offset: BigInt(offset ?? 0) };
  }
  throw new LedgerError(
    'replay_malformed',
    `${field} is an outbox seq, an instant such as 2026-11-23T09:00:00Z, or topic:partition:offset; ${JSON.stringify(text.slice(0, 80))} is none.`,
    { field },
  );
}

/**
 * The seq at which a range begins, or ends, that is given by a place. Both ends are included. An offset means the event that the
 * ledger got from there, or from the next offset of that partition.
 * @param archiveFolder where events are looked for that were written at an instant and have left the outbox
 * @throws LedgerError `replay_range_empty`, `ledger_unknown`, `archive_missing`, `archive_damaged`
 */
export async function seqOfPlace(
  db: Knex,
  ledger: string,
  place: ReplayPlace,
  end: 'from' | 'to',
  archiveFolder?: string,
): Promise<bigint> {
  if ('seq' in place) return place.seq;
  if ('instant' in place) {
    const seq = await seqOfInstant(db, place.instant, end, archiveFolder);
    if (seq !== undefined) return seq;
    const when = `${place.instant.toISOString()} or ${end === 'from' ? 'later' : 'earlier'}`;
    throw new LedgerError('replay_range_empty', `No event was written at ${when}.`, { field: end });
  }
  const found = await findLedger(db, ledger);
  if (found === undefined)
    throw new LedgerError('ledger_unknown', `There is no ledger named ${ledger}.`, { name: ledger });
  const seq = await firstSeqFrom(db, { ledgerId: found.ledgerId, consumer: SETTLEMENT_CONSUMER }, place);
  if (seq !== undefined) return seq;
  const { topic, partition, offset } = place;
  throw new LedgerError(
    'replay_range_empty',
    `Ledger ${ledger} got no event from ${topic}, partition ${partition}, offset ${offset} or later.`,
    { field: end },
  );
}

/** What has left the outbox is older than what is in it. */
async function seqOfInstant(
  db: Knex,
  instant: Date,
  end: 'from' | 'to',
  archiveFolder: string | undefined,
): Promise<bigint | undefined> {
  if (end === 'from')
    return (await firstArchivedSince(db, archiveFolder, instant)) ?? (await firstSeqSince(db, instant));
  return (await lastSeqUpTo(db, instant)) ?? (await lastArchivedUpTo(db, archiveFolder, instant));
}
