import { sourceOfTopic } from '../outbox/source-topic.ts';
import type { Lag } from './lag.ts';

/** How settlement stands, as `GET /api/relay/status` and `jangbu status --json` show it. */
export interface RelayStatus {
  /** What the relay reads, or read last; null when none ever has. */
  readonly source: 'kafka' | 'embedded' | null;
  readonly lagEvents: number;
  /** Age of the oldest event that is neither applied nor in dead letters. */
  readonly lagSeconds: number;
  /** The same, dead letters included. */
  readonly oldestUnsettledSeconds: number;
  readonly deadLetters: number;
  /** How many events the last transaction took. */
  readonly batchEvents: number;
  /** Events that came again after they were applied, and were dropped; counted from the beginning. */
  readonly duplicatesDropped: number;
  /** Who reads which partitions: of the embedded source, one leader reads all of them. */
  readonly relays: readonly {
    readonly relay: string;
    /** Whether MySQL hears of it. */
    readonly alive: boolean;
    readonly topic: string;
    readonly partitions: readonly number[];
    readonly since: string;
  }[];
  /** Null where there is no Connect. */
  readonly connector: { readonly state: string; readonly tasks: readonly string[] } | null;
  /** That MySQL purged binlogs which the connector had not read, as instants; null where it never has. */
  readonly binlogLoss: { readonly purgedAt: string; readonly healedAt: string | null } | null;
}

/** Puts the lag and the connector's state into what `jangbu status` and the API show. */
export function toRelayStatus(
  lag: Lag,
  connector: { connector: string; tasks: readonly string[] } | undefined,
  now: Date,
): RelayStatus {
  const age = (since: Date | null) =>
    since === null ? 0 : Math.max(0, Math.round((now.getTime() - since.getTime()) / 100) / 10);
  return {
    source: lag.topic === null ? null : sourceOfTopic(lag.topic),
    lagEvents: lag.events,
    lagSeconds: age(lag.oldestAt),
    oldestUnsettledSeconds: age(lag.oldestUnsettledAt),
    deadLetters: lag.deadLetters,
    batchEvents: lag.batchEvents,
    duplicatesDropped: lag.duplicatesDropped,
    relays: lag.holdings.map(({ isAlive, since, ...holding }) => ({
      ...holding,
      alive: isAlive,
      since: since.toISOString(),
    })),
    connector: connector === undefined ? null : { state: connector.connector, tasks: connector.tasks },
    binlogLoss:
      lag.binlogLoss === null
        ? null
        : {
            purgedAt: lag.binlogLoss.purgedAt.toISOString(),
            healedAt: lag.binlogLoss.healedAt?.toISOString() ?? null,
          },
  };
}
