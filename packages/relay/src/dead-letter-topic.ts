import {
  acquireLeaderLock,
  type ConsumerKey,
  markLettersPublished,
  readUnpublishedLetters,
  type StoredLetter,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { NewRecord, Publisher } from './sources/kafka-publisher.ts';

const BATCH_SIZE = 100;

export interface DeadLetterTopicOptions {
  readonly knex: Knex;
  readonly key: ConsumerKey;
  readonly publisher: Pick<Publisher, 'publish'>;
  /** The connector's; a letter goes to `<topicPrefix>.<aggregate type>.dead-letters`. */
  readonly topicPrefix: string;
}

/**
 * Publishes what is in dead letters and not published yet, in the order of the outbox. The table is what counts: a letter is
 * marked after Kafka has it, so it is published at least once. Of several relays one publishes at a time, so that no letter of a
 * key overtakes another.
 * @returns how many were published
 */
export async function publishDeadLetters({
  knex,
  key,
  publisher,
  topicPrefix,
}: DeadLetterTopicOptions): Promise<number> {
  const [waiting] = await readUnpublishedLetters(knex, key, 1);
  if (waiting === undefined) return 0;
  const lock = await acquireLeaderLock(knex, `jangbu:${key.ledgerId}:${key.consumer}:letters`, 0);
  if (lock === undefined) return 0;
  try {
    for (let published = 0; ; ) {
      const letters = await readUnpublishedLetters(knex, key, BATCH_SIZE);
      if (letters.length === 0) return published;
      await publisher.publish(letters.map((letter) => toRecord(letter, topicPrefix)));
      const eventIds = letters.map(({ event }) => event.eventId);
      await markLettersPublished(knex, key, eventIds, new Date());
      published += letters.length;
    }
  } finally {
    await lock.release();
  }
}

/** Key, value and headers as the event router wrote them, and beside them why the event is here. */
function toRecord(letter: StoredLetter, topicPrefix: string): NewRecord {
  const { event, reasonCode, reason, attempts, parkedAt } = letter;
  return {
    topic: `${topicPrefix}.${event.aggregateType}.dead-letters`,
    key: event.aggregateId,
    value: event.payload,
    headers: {
      id: event.eventId,
      eventType: event.eventType,
      eventVersion: String(event.eventVersion),
      seq: event.seq.toString(),
      context: JSON.stringify(event.headers),
      reasonCode,
      reason,
      attempts: String(attempts),
      parkedAt: parkedAt.toISOString(),
    },
  };
}
