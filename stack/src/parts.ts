/** What the stack is made of, in the order in which it starts. */
export type Part = 'mysql' | 'kafka' | 'connect';

export const PARTS: readonly Part[] = ['mysql', 'kafka', 'connect'];

export interface StackAddresses {
  /** `mysql://root@127.0.0.1:PORT`: an administrator, no database. */
  readonly databaseUrl: string;
  /** Undefined where Kafka was not asked for. */
  readonly kafkaBrokers: string | undefined;
  readonly connectUrl: string | undefined;
}

export function isPart(text: string): text is Part {
  return (PARTS as readonly string[]).includes(text);
}
