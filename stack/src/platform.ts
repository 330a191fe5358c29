import type { Part, StackAddresses } from './parts.ts';

export type PlatformName = 'environment' | 'docker' | 'native';

/** A way to have the servers. */
export interface Platform {
  readonly name: PlatformName;
  /** Starts what does not run, and returns each part's address; `started` tells which ones this call started. */
  start(
    parts: readonly Part[],
  ): Promise<{ addresses: Partial<Record<Part, string>>; started: readonly Part[] }>;
  stop(parts: readonly Part[]): Promise<void>;
  kill(part: Part): Promise<void>;
}

export function toStackAddresses(addresses: Partial<Record<Part, string>>): StackAddresses {
  return { databaseUrl: addresses.mysql ?? '', kafkaBrokers: addresses.kafka, connectUrl: addresses.connect };
}
