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
  OUTBOX_ARCHIVE_FOLDER: z.string().optional(),
  OUTBOX_KEEP_DAYS: z.coerce.number().int().min(1).max(36_500).default(35),
  MAINTENANCE_DATABASE_URL: z.url({ protocol: /^mysql$/ }).optional(),
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
  /** Set where the relay archives the outbox; with a user who may change the table, it also lets go of what is archived and old. */
  outboxCare: { folder: string; keepDays: number; maintenanceUrl: string | undefined } | undefined;
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
  const source = env['RELAY_SOURCE'] ?? (env['KAFKA_BROKERS'] === undefined ? 'embedded' : 'kafka');
  const problems = [
    ...(parsed.error?.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`) ?? []),
    ...missingIn(env, source),
  ];
  if (!parsed.success || problems.length > 0)
    throw new Error(`The relay cannot start with this environment:\n${problems.join('\n')}`);
  return toConfig(parsed.data, source);
}

function missingIn(env: Readonly<Record<string, string | undefined>>, source: string): string[] {
  const missing: string[] = [];
  if (source === 'kafka' && env['KAFKA_BROKERS'] === undefined)
    missing.push('  KAFKA_BROKERS: needed when RELAY_SOURCE is kafka');
  if (env['MAINTENANCE_DATABASE_URL'] !== undefined && env['OUTBOX_ARCHIVE_FOLDER'] === undefined)
    missing.push('  OUTBOX_ARCHIVE_FOLDER: needed where MAINTENANCE_DATABASE_URL is set');
  return missing;
}

function toConfig(values: z.output<typeof environment>, source: string): RelayConfig {
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
    connector: connectorOf(values),
    outboxCare: outboxCareOf(values),
    silenceMs: values.RELAY_SILENCE_MS,
    host: values.RELAY_HOST,
    port: values.RELAY_PORT,
    logLevel: values.LOG_LEVEL,
  };
}

function connectorOf(values: z.output<typeof environment>): RelayConfig['connector'] {
  const { CONNECT_URL: connectUrl, REPLICATION_DATABASE_URL: replicationUrl } = values;
  if (connectUrl === undefined || replicationUrl === undefined) return undefined;
  const kafkaBrokers = values.CONNECT_KAFKA_BROKERS ?? values.KAFKA_BROKERS ?? '';
  return { connectUrl, replicationUrl, kafkaBrokers };
}

function outboxCareOf(values: z.output<typeof environment>): RelayConfig['outboxCare'] {
  const { OUTBOX_ARCHIVE_FOLDER: folder, OUTBOX_KEEP_DAYS: keepDays } = values;
  return folder === undefined
    ? undefined
    : { folder, keepDays, maintenanceUrl: values.MAINTENANCE_DATABASE_URL };
}
