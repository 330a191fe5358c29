import { malformedQuery } from '../paging/page.ts';

/** What somebody may hold in hand when asking where money came from, or went. */
export type LineageTerm =
  | { readonly kind: 'entry'; readonly entryId: string }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'seq'; readonly seq: bigint }
  | { readonly kind: 'offset'; readonly topic: string; readonly partition: number; readonly offset: bigint }
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'key'; readonly key: string };

const MAX_SEQ = 18_446_744_073_709_551_615n;

/**
 * Tells by its shape what a term names: an entry's id, an event's, an outbox seq, a Kafka `topic:partition:offset`, a trace's id
 * or whole `traceparent`; anything else is an idempotency key, an aggregate's id, such as a paymentKey, or an order's id. An order's id that
 * looks like an event's is told from it by what is found.
 * @throws LedgerError `query_malformed`
 */
export function readLineageTerm(term: string): LineageTerm {
  if (typeof term !== 'string' || term.length < 1 || term.length > 300)
    throw malformedQuery('term', term, 'is text of 1 to 300 characters');
  if (/^ent_[0-9a-f]{32}$/.test(term)) return { kind: 'entry', entryId: term };
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(term)) return { kind: 'event', eventId: term };
  if (/^\d{1,20}$/.test(term) && BigInt(term) <= MAX_SEQ) return { kind: 'seq', seq: BigInt(term) };
  const [, topic, partition, offset] = /^([A-Za-z0-9._-]{1,191}):(\d{1,9}):(\d{1,19})$/.exec(term) ?? [];
  if (topic !== undefined && partition !== undefined && offset !== undefined)
    return { kind: 'offset', topic, partition: Number(partition), offset: BigInt(offset) };
  const traceId = /^(?:[0-9a-f]{2}-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?$/.exec(term)?.[1];
  return traceId === undefined ? { kind: 'key', key: term } : { kind: 'trace', traceId };
}
