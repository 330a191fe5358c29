import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant } from '../database/instants.ts';
import { leadLockName, lifeLockName } from '../inbox/lives-table.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import { EMBEDDED_TOPIC, sourceOfTopic } from '../outbox/source-topic.ts';

/** Partitions of a topic that one relay reads. */
export interface RelayHolding {
  /** The process: `host:pid`, unless it was given another name. */
  readonly relay: string;
  /** Whether MySQL hears of it: one that was killed stands here until another takes over, and so does a leader that hangs. */
  readonly isAlive: boolean;
  readonly topic: string;
  readonly partitions: readonly number[];
  /** Since when it has had all of them. */
  readonly since: Date;
}

/** What the partitions tell of the relays of a consumer. */
export interface RelayActivity {
  /** The topic that was read last, or that a relay has begun to read since: `outbox` when that is MySQL itself. */
  readonly topic: string | null;
  /** When a batch was last applied, or a leader began, in whichever process; null when none was. */
  readonly appliedAt: Date | null;
  /** How many events the last transaction took; 0 when there was none. */
  readonly batchEvents: number;
  /** Events that came again after they were applied, and were dropped; counted from the beginning, over all relays. */
  readonly duplicatesDropped: number;
  readonly holdings: readonly RelayHolding[];
}

/** Rows that are no place of a source begin with this. */
const INNER_TOPIC = '#';

interface PartitionRow {
  topic: string;
  source_partition: number;
  updated_at: string;
  relay: string | null;
  relay_since: string | null;
  is_alive: number | string | null;
  batch_events: number | string;
  duplicates: number | string;
}

/** A consumer has few partitions, so they are read whole. */
export async function readActivity(db: Knex, key: ConsumerKey): Promise<RelayActivity> {
  const rows = await selectRows<PartitionRow>(
    db,
    `SELECT topic, source_partition, CAST(updated_at AS CHAR) AS updated_at, relay, CAST(relay_since AS CHAR) AS relay_since,
            IF(life IS NULL, NULL, IS_USED_LOCK(CONCAT(?, life)) IS NOT NULL AND (topic <> ? OR IS_USED_LOCK(?) IS NOT NULL))
              AS is_alive, batch_events, duplicates
       FROM consumer_offsets
      WHERE ledger_id = ? AND consumer = ? AND topic NOT LIKE ?
      ORDER BY consumer_offsets.updated_at DESC, topic, source_partition`,
    [lifeLockName(''), EMBEDDED_TOPIC, leadLockName(key), key.ledgerId, key.consumer, `${INNER_TOPIC}%`],
  );
  const topic = latestTopic(rows);
  return {
    topic,
    appliedAt: rows[0] === undefined ? null : fromSqlInstant(rows[0].updated_at),
    batchEvents: Number(rows.find((row) => Number(row.batch_events) > 0)?.batch_events ?? 0),
    duplicatesDropped: rows.reduce((sum, row) => sum + Number(row.duplicates), 0),
    holdings: holdingsOf(rows, topic),
  };
}

/** Instants as MySQL writes them are in the order of their text. */
function latestTopic(rows: readonly PartitionRow[]): string | null {
  const signOf = ({ updated_at, relay_since }: PartitionRow) =>
    relay_since !== null && relay_since > updated_at ? relay_since : updated_at;
  const [latest] = [...rows].sort((a, b) => signOf(b).localeCompare(signOf(a)));
  return latest?.topic ?? null;
}

/** Who was killed in a source that was left since tells nothing. */
function holdingsOf(rows: readonly PartitionRow[], topic: string | null): RelayHolding[] {
  const isOfSource = (row: PartitionRow) =>
    topic !== null && sourceOfTopic(row.topic) === sourceOfTopic(topic);
  const held = rows.filter((row) => row.relay !== null && (isOfSource(row) || Number(row.is_alive) === 1));
  const groups = Map.groupBy(held, (row) => `${row.relay} ${row.is_alive} ${row.topic}`);
  return [...groups.values()]
    .map((group): RelayHolding => {
      const [first] = group;
      const since = group.map(({ relay_since }) => relay_since ?? '').sort();
      return {
        relay: first?.relay ?? '',
        isAlive: Number(first?.is_alive) === 1,
        topic: first?.topic ?? '',
        partitions: group.map(({ source_partition }) => Number(source_partition)).sort((a, b) => a - b),
        since: fromSqlInstant(since.at(-1) ?? ''),
      };
    })
    .sort((a, b) => a.since.getTime() - b.since.getTime() || a.topic.localeCompare(b.topic));
}
