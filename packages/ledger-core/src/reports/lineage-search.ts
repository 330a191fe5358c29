import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import { fromEntryId } from '../journal/entry-id.ts';
import { EMBEDDED_TOPIC } from '../outbox/source-topic.ts';
import type { LineageTerm } from './lineage-term.ts';

/** What is not found by an index is looked for from the newest on, in pages, and not for ever. */
const PAGE = 10_000;
const MOST_PAGES = 200;
const MOST_FOUND = 100;

/** The events behind a term, by their outbox seq, and the entry that it names where no event stands behind it. */
export interface FoundEvents {
  readonly seqs: readonly bigint[];
  readonly entryId?: Buffer;
}

export async function findEvents(db: Knex, key: ConsumerKey, term: LineageTerm): Promise<FoundEvents> {
  switch (term.kind) {
    case 'seq':
      return { seqs: [term.seq] };
    case 'event':
      return { seqs: await seqsOfEventOrOrder(db, key, term.eventId) };
    case 'entry':
      return byEntry(db, key, 'entry_id', fromEntryId(term.entryId));
    case 'offset':
      // The embedded source's offsets are seqs, whatever its partition.
      return { seqs: term.topic === EMBEDDED_TOPIC ? [term.offset] : await searchInbox(db, key, term) };
    case 'trace':
      return { seqs: await searchOutbox(db, 'o.headers LIKE ?', `%"traceparent":"__-${term.traceId}-%`) };
    case 'key': {
      const found = await byEntry(db, key, 'idempotency_key', term.key);
      return found.entryId === undefined && found.seqs.length === 0
        ? { seqs: await searchOutbox(db, ABOUT, term.key, ofOrder(term.key)) }
        : found;
    }
  }
}

/** An entry names its event, but for one that was to be posted later: that one's event is usually named for the entry's key. */
async function byEntry(
  db: Knex,
  key: ConsumerKey,
  column: 'entry_id' | 'idempotency_key',
  value: Buffer | string,
): Promise<FoundEvents> {
  const [row] = await selectRows<{ entry_id: Buffer; idempotency_key: string; event_id: string | null }>(
    db,
    `SELECT entry_id, idempotency_key, event_id FROM journal_entries WHERE ledger_id = ? AND ${column} = ?`,
    [key.ledgerId, value],
  );
  if (row === undefined) return { seqs: [] };
  const seqs =
    row.event_id === null
      ? await searchOutbox(db, 'o.aggregate_id = ?', row.idempotency_key)
      : await seqsOfEvent(db, key, row.event_id);
  return seqs.length > 0 ? { seqs } : { seqs, entryId: row.entry_id };
}

/** The inbox and dead letters know an event by its id; one that is in neither is among the newest of the outbox. */
async function seqsOfEvent(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventId: string,
): Promise<bigint[]> {
  const [row] = await selectRows<{ seq: string }>(
    db,
    `SELECT CAST(outbox_seq AS CHAR) AS seq FROM inbox WHERE ledger_id = ? AND consumer = ? AND event_id = ?
     UNION
     SELECT CAST(outbox_seq AS CHAR) AS seq FROM dead_letters WHERE ledger_id = ? AND consumer = ? AND event_id = ?`,
    [ledgerId, consumer, eventId, ledgerId, consumer, eventId],
  );
  return row === undefined ? searchOutbox(db, 'o.event_id = ?', eventId) : [BigInt(row.seq)];
}

/** An event's id and an order's look alike: the event is asked for first, by index. */
async function seqsOfEventOrOrder(db: Knex, key: ConsumerKey, id: string): Promise<bigint[]> {
  const seqs = await seqsOfEvent(db, key, id);
  return seqs.length > 0 ? seqs : searchOutbox(db, ABOUT, id, ofOrder(id));
}

/** What an event is about: its aggregate, or the order that its payload names. */
const ABOUT = '(o.aggregate_id = ? OR LOCATE(?, o.payload COLLATE utf8mb4_0900_bin) > 0)';

/** The order's id as it stands in a payload. */
function ofOrder(orderId: string): string {
  return `"orderId":${JSON.stringify(orderId)}`;
}

async function searchOutbox(
  db: Knex,
  condition: 'o.event_id = ?' | 'o.aggregate_id = ?' | 'o.headers LIKE ?' | typeof ABOUT,
  ...values: string[]
): Promise<bigint[]> {
  return searchPages(async (below) => {
    const rows = await selectRows<{ seq: string; is_it: number | string | null }>(
      db,
      `SELECT CAST(o.seq AS CHAR) AS seq, ${condition} AS is_it FROM outbox AS o WHERE o.seq < ? ORDER BY o.seq DESC LIMIT ?`,
      [...values, below.toString(), PAGE],
    );
    return rows.map((row) => ({ seq: BigInt(row.seq), isIt: Number(row.is_it ?? 0) === 1 }));
  });
}

function searchInbox(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  { topic, partition, offset }: { topic: string; partition: number; offset: bigint },
): Promise<bigint[]> {
  return searchPages(async (below) => {
    const rows = await selectRows<{ seq: string; is_it: number | string }>(
      db,
      `SELECT CAST(i.outbox_seq AS CHAR) AS seq, i.topic = ? AND i.source_partition = ? AND i.source_offset = ? AS is_it
         FROM inbox AS i
        WHERE i.ledger_id = ? AND i.consumer = ? AND i.outbox_seq < ?
        ORDER BY i.outbox_seq DESC
        LIMIT ?`,
      [topic, partition, offset.toString(), ledgerId, consumer, below.toString(), PAGE],
    );
    return rows.map((row) => ({ seq: BigInt(row.seq), isIt: Number(row.is_it) === 1 }));
  });
}

async function searchPages(
  readBelow: (seq: bigint) => Promise<{ seq: bigint; isIt: boolean }[]>,
): Promise<bigint[]> {
  const found: bigint[] = [];
  let below = 2n ** 63n;
  for (let page = 0; page < MOST_PAGES && found.length < MOST_FOUND; page++) {
    const rows = await readBelow(below);
    found.push(...rows.filter(({ isIt }) => isIt).map(({ seq }) => seq));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    below = last.seq;
  }
  return found.slice(0, MOST_FOUND).reverse();
}
