export type Settings = Readonly<Record<string, string | number | boolean>>;

/*
 * What the servers are told wherever they run; what differs from place to place (ports, folders) is added there. docker-compose.yml
 * has to spell them out once more, and versions.test.ts compares the two.
 */

/** Full durability, and what Debezium asks for. */
export const MYSQL_SETTINGS: Settings = {
  mysqlx: 'OFF',
  'server-id': 1,
  'log-bin': 'binlog',
  'gtid-mode': 'ON',
  'enforce-gtid-consistency': 'ON',
  'binlog-row-image': 'FULL',
  'binlog-expire-logs-seconds': 604_800,
  'sync-binlog': 1,
  'innodb-flush-log-at-trx-commit': 1,
  'innodb-buffer-pool-size': '1G',
  'innodb-redo-log-capacity': '1G',
  'transaction-isolation': 'READ-COMMITTED',
  'log-bin-trust-function-creators': 1,
  'character-set-server': 'utf8mb4',
  'default-time-zone': '+00:00',
  'max-connections': 300,
  // Log writers of their own spin, and here there are two cores for everything: without them a commit costs a fifth less of one.
  'innodb-log-writer-threads': 'OFF',
};

/** One broker, which is its own controller. Topics are made by those who know how many partitions they need. */
export const KAFKA_SETTINGS: Settings = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.listener.names': 'CONTROLLER',
  'auto.create.topics.enable': false,
  'num.partitions': 4,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'log.retention.hours': 168,
  'num.network.threads': 2,
  'num.io.threads': 4,
};

/** One worker, distributed, as it is run in production. */
export const CONNECT_SETTINGS: Settings = {
  'group.id': 'jangbu-connect',
  'config.storage.topic': 'jangbu-connect-configs',
  'offset.storage.topic': 'jangbu-connect-offsets',
  'status.storage.topic': 'jangbu-connect-status',
  'config.storage.replication.factor': 1,
  'offset.storage.replication.factor': 1,
  'status.storage.replication.factor': 1,
  'offset.storage.partitions': 4,
  'status.storage.partitions': 1,
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'plugin.discovery': 'service_load',
  'connector.client.config.override.policy': 'All',
  'offset.flush.interval.ms': 1000,
  'scheduled.rebalance.max.delay.ms': 0,
  'session.timeout.ms': 10_000,
  'heartbeat.interval.ms': 3000,
};

/** The Java servers' memory, in MB. */
export const HEAP_MB = { kafka: 512, connect: 512 } as const;

export function mysqlArguments(settings: Settings): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}
