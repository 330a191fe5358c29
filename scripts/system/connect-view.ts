import type { StackAddresses } from '@jangbu/stack';

/** Where Connect finds MySQL and Kafka: it may run in a container, for which this machine's addresses mean something else. */
export interface ConnectView {
  readonly replicationUrl: string;
  readonly kafkaBrokers: string;
}

export function connectView(
  { kafkaBrokers = '', seenByConnect }: StackAddresses,
  replicationUrl: string,
): ConnectView {
  if (seenByConnect === undefined) return { replicationUrl, kafkaBrokers };
  const url = new URL(replicationUrl);
  url.host = seenByConnect.mysql;
  return { replicationUrl: url.href, kafkaBrokers: seenByConnect.kafka };
}
