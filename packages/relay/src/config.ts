import { z } from 'zod';

const environment = z.object({
  JANGBU_MODE: z.enum(['sandbox', 'production']).default('sandbox'),
  DATABASE_URL: z.url({ protocol: /^mysql$/ }),
  LEDGER_NAME: z.string().default('kimchi-mall'),
  RELAY_SOURCE: z.enum(['kafka', 'embedded']).optional(),
  KAFKA_BROKERS: z.string().optional(),
  TOPIC_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]+$/)
    .default('jangbu'),
  DEAD_LETTER_TOPICS: z.enum(['on', 'off']).default('on'),
  CONNECT_URL: z.url().optional(),
  CONNECT_KAFKA_BROKERS: z.string().optional(),
  REPLICATION_DATABASE_URL: z.url({ protocol: /^mysql$/ }).optional(),
  RELAY_SILENCE_MS: z.coerce.number().int().min(1_000).default(30_000),
  RELAY_HOST: z.string().default('127.0.0.1'),
  RELAY_PORT: z.coerce.number().int().min(0).max(65_535).default(8082),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface RelayConfig {
  mode: 'sandbox' | 'production';
  databaseUrl: string;
  ledgerName: string;
  source:
    | { kind: 'embedded' }
    | { kind: 'kafka'; brokers: string[]; topicPrefix: string; hasDeadLetterTopics: boolean };
  /** Set where the relay looks after the connector itself. */
  connector: { connectUrl: string; replicationUrl: string; kafkaBrokers: string } | undefined;
  /** So long events may wait unapplied before the source is replaced. */
  silenceMs: number;
  host: string;
  port: number;
  logLevel: string;
}

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 * @throws Error that lists everything that is wrong with the environment, not only the first
 */
export function readRelayConfig(variables: Readonly<Record<string, string | undefined>>): RelayConfig {
  const env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  const source = env['RELAY_SOURCE'] ?? (env['KAFKA_BROKERS'] === undefined ? 'embedded' : 'kafka');
  if (source === 'kafka' && env['KAFKA_BROKERS'] === undefined)
    problems.push('  KAFKA_BROKERS: needed when RELAY_SOURCE is kafka');
  if (!parsed.success || problems.length > 0)
    throw new Error(`The relay cannot start with this environment:\n${problems.join('\n')}`);
  const values = parsed.data;
  return {
    mode: values.JANGBU_MODE,
    databaseUrl: values.DATABASE_URL,
    ledgerName: values.LEDGER_NAME,
    source:
      source === 'embedded'
        ? { kind: 'embedded' }
        : {
            kind: 'kafka',
            brokers: (values.KAFKA_BROKERS ?? '').split(','),
            topicPrefix: values.TOPIC_PREFIX,
            hasDeadLetterTopics: values.DEAD_LETTER_TOPICS === 'on',
          },
    connector:
      values.CONNECT_URL === undefined || values.REPLICATION_DATABASE_URL === undefined
        ? undefined
        : {
            connectUrl: values.CONNECT_URL,
            replicationUrl: values.REPLICATION_DATABASE_URL,
            kafkaBrokers: values.CONNECT_KAFKA_BROKERS ?? values.KAFKA_BROKERS ?? '',
          },
    silenceMs: values.RELAY_SILENCE_MS,
    host: values.RELAY_HOST,
    port: values.RELAY_PORT,
    logLevel: values.LOG_LEVEL,
  };
}
