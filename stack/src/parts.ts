/** What the stack is made of, in the order in which it starts. */
export type Part = 'mysql' | 'kafka' | 'connect';

export const PARTS: readonly Part[] = ['mysql', 'kafka', 'connect'];

export interface StackAddresses {
  /** `mysql://root@127.0.0.1:PORT`: an administrator, no database. */
  readonly databaseUrl: string;
  /** Undefined where Kafka was not asked for. */
  readonly kafkaBrokers: string | undefined;
  readonly connectUrl: string | undefined;
  /** Where Connect finds the others, when that is not where this process finds them: it may run in a container. */
  readonly seenByConnect?: { readonly mysql: string; readonly kafka: string } | undefined;
}

/** Where a part that the stack started is reached from this machine. */
export function addressOf(part: Part, port: number): string {
  if (part === 'mysql') return `mysql://root@127.0.0.1:${port}`;
  return part === 'kafka' ? `127.0.0.1:${port}` : `http://127.0.0.1:${port}`;
}

export function isPart(text: string): text is Part {
  return (PARTS as readonly string[]).includes(text);
}
