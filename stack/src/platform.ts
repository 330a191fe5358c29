import type { Part, StackAddresses } from './parts.ts';
import type { ProcessIdentity } from './processes.ts';

export type PlatformName = 'environment' | 'docker' | 'native';

export interface PlatformOptions {
  readonly instance: string;
  /** Ports to try first; any free one serves otherwise. */
  readonly ports: Partial<Record<Part, number>>;
  /** The process that its servers end with; undefined when they outlive whoever starts them. */
  readonly owner?: ProcessIdentity | undefined;
  /** Addresses of parts that run elsewhere. */
  readonly elsewhere: Partial<Record<Part, string>>;
  readonly report: (line: string) => void;
}

/** A way to have the servers. */
export interface Platform {
  readonly name: PlatformName;
  /** Starts what does not run, and returns each part's address; `started` tells which ones are this call's to end. */
  start(parts: readonly Part[]): Promise<{
    readonly addresses: Partial<Record<Part, string>>;
    readonly started: readonly Part[];
    readonly seenByConnect?: StackAddresses['seenByConnect'];
  }>;
  stop(parts: readonly Part[]): Promise<void>;
  kill(part: Part): Promise<void>;
  /** Asks them to end, and waits for nothing: this process is about to go. */
  askToEnd(parts: readonly Part[]): void;
}

export function toStackAddresses(
  addresses: Partial<Record<Part, string>>,
  seenByConnect?: StackAddresses['seenByConnect'],
): StackAddresses {
  return {
    databaseUrl: addresses.mysql ?? '',
    kafkaBrokers: addresses.kafka,
    connectUrl: addresses.connect,
    ...(seenByConnect && { seenByConnect }),
  };
}
