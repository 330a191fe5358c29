import { z } from 'zod';
import { FAIL_POINTS } from './fail-point.ts';
import { type LogInClients, logInClients } from './log-in/log-in-config.ts';
import type { SessionLife } from './sessions/session.ts';

/** Durations are in ms. */
export interface ApiConfig extends LogInClients {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly mode: 'sandbox' | 'production';
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly ledgerName: string;
  readonly tossBaseUrl: string;
  readonly tossSecretKey: string;
  /** Where the sandbox's own endpoints are; only in sandbox mode. */
  readonly sandboxUrl?: string | undefined;
  /** The same as browsers reach it. */
  readonly sandboxPublicUrl?: string | undefined;
  /** Where browsers find this service, without a path; undefined in the sandbox: where they have found it. */
  readonly publicUrl?: string | undefined;
  /** Each of 32 bytes; the first seals, every one opens. */
  readonly tokenEncryptionKeys: readonly Buffer[];
  readonly sessionLife: SessionLife;
  readonly connectUrl?: string | undefined;
  readonly connectorName?: string | undefined;
  /** Where events are that have left the outbox. */
  readonly archiveFolder?: string | undefined;
  readonly logLevel: string;
  readonly prices: PricesConfig;
  /** How many requests each caller may make. */
  readonly requestsPerMinute: number;
  /** The origins whose pages may call from a browser; none by default. */
  readonly corsOrigins: readonly string[];
  /** How many proxies stand in front of this process, whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  /** How long a payment may be under way before recovery asks the provider about it. */
  readonly recoveryAfterMs: number;
  readonly recoveryEveryMs: number;
  /** How often the outbox is looked at for webhooks, and what is due of them sent. */
  readonly webhooksEveryMs: number;
  /** How long an order waits for its payment. */
  readonly orderExpiresAfterMs: number;
  readonly orderExpiryEveryMs: number;
  /** How long a stop waits for the requests that are under way. */
  readonly shutdownGraceMs: number;
  readonly failPoint?: (typeof FAIL_POINTS)[number] | undefined;
}

export interface PricesConfig {
  /** How long a price source may take. */
  readonly timeoutMs: number;
  /** How long its answer is as good as new. */
  readonly freshMs: number;
  /** Undefined: prices are compared with the mall's own listings only. */
  readonly naver?: NaverConfig | undefined;
}

export interface NaverConfig {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly dailyLimit: number;
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
const httpUrl = url('http:', 'https:');

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin), {
    error: 'must be origins such as https://shop.example, joined by commas',
  });

const VARIABLES = {
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8081),
  JANGBU_MODE: z.enum(['sandbox', 'production']).default('sandbox'),
  DATABASE_URL: url('mysql:').optional(),
  DB_POOL_SIZE: wholeNumber(1, 500).default(16),
  LEDGER_NAME: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be up to 64 of a-z, 0-9 and dash')
    .default('kimchi-mall'),
  TOSS_BASE_URL: httpUrl.optional(),
  TOSS_SECRET_KEY: z.string().optional(),
  SANDBOX_URL: httpUrl.optional(),
  SANDBOX_PUBLIC_URL: httpUrl.optional(),
  PUBLIC_URL: httpUrl
    .refine((text) => URL.canParse(text) && isOrigin(text), 'must be without a path')
    .optional(),
  NAVER_CLIENT_ID: z.string().optional(),
  NAVER_CLIENT_SECRET: z.string().optional(),
  KAKAO_CLIENT_ID: z.string().optional(),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
    .refine(
      (keys) => keys.every((key) => key.length === 32),
      'must be 32 bytes in base64, several joined by commas',
    )
    .optional(),
  SESSION_IDLE_MINUTES: wholeNumber(1, 525_600).default(720),
  SESSION_LONGEST_MINUTES: wholeNumber(1, 525_600).default(10_080),
  CONNECT_URL: httpUrl.optional(),
  CONNECTOR_NAME: z.string().optional(),
  OUTBOX_ARCHIVE_FOLDER: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PRICE_SOURCE: z.enum(['naver-shopping', 'mall']).optional(),
  PRICE_TIMEOUT_MS: wholeNumber(1, 60_000).default(2_000),
  PRICE_FRESH_MS: wholeNumber(0, 86_400_000).default(300_000),
  NAVER_SHOPPING_URL: httpUrl.optional(),
  NAVER_SHOPPING_CLIENT_ID: z.string().optional(),
  NAVER_SHOPPING_CLIENT_SECRET: z.string().optional(),
  NAVER_SHOPPING_DAILY_LIMIT: wholeNumber(0, 1_000_000_000).default(25_000),
  REQUESTS_PER_MINUTE: wholeNumber(1, 100_000_000).optional(),
  CORS_ORIGINS: origins.default([]),
  TRUSTED_PROXIES: wholeNumber(0, 16).default(0),
  RECOVERY_AFTER_MS: wholeNumber(0, 3_600_000).default(15_000),
  WEBHOOKS_EVERY_MS: wholeNumber(10, 3_600_000).default(250),
  RECOVERY_EVERY_MS: wholeNumber(10, 3_600_000).default(1_000),
  ORDER_EXPIRES_AFTER_MS: wholeNumber(0, 604_800_000).default(900_000),
  ORDER_EXPIRY_EVERY_MS: wholeNumber(10, 3_600_000).default(5_000),
  SHUTDOWN_GRACE_MS: wholeNumber(0, 600_000).default(10_000),
  JANGBU_FAIL_POINT: z.enum(FAIL_POINTS).optional(),
};
const ENVIRONMENT = z.object(VARIABLES);
type Environment = z.output<typeof ENVIRONMENT>;

const SANDBOX_DEFAULTS = {
  DATABASE_URL: 'mysql://jangbu:jangbu@127.0.0.1:3306/jangbu',
  SANDBOX_URL: 'http://127.0.0.1:8090',
  TOSS_SECRET_KEY: 'test_sk_jangbu_sandbox',
  PRICE_SOURCE: 'naver-shopping',
  NAVER_SHOPPING_CLIENT_ID: 'jangbu-sandbox',
  NAVER_SHOPPING_CLIENT_SECRET: 'jangbu-sandbox-secret',
  TOKEN_ENCRYPTION_KEYS: [Buffer.alloc(32, 'jangbu-sandbox')],
} as const;
const REQUIRED_IN_PRODUCTION = [
  'DATABASE_URL',
  'PUBLIC_URL',
  'TOSS_SECRET_KEY',
  'NAVER_CLIENT_ID',
  'NAVER_CLIENT_SECRET',
  'KAKAO_CLIENT_ID',
  'KAKAO_CLIENT_SECRET',
  'TOKEN_ENCRYPTION_KEY',
];
/** Naver closed its search of shops, so there is no address to fall back on. */
const REQUIRED_FOR_NAVER = ['NAVER_SHOPPING_URL', 'NAVER_SHOPPING_CLIENT_ID', 'NAVER_SHOPPING_CLIENT_SECRET'];
const TOSS_PRODUCTION_URL = 'https://api.tosspayments.com';

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 * @throws Error with one message that lists everything that is wrong or missing
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ApiConfig {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in VARIABLES && value !== ''),
  );
  const result = ENVIRONMENT.safeParse(set);
  const wrong = result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const findings = [...wrong, ...missingIn(set)];
  if (!result.success || findings.length > 0) {
    throw new Error(
      `The API cannot start, because of its environment:\n${findings.map((finding) => `  ${finding}`).join('\n')}`,
    );
  }
  return toConfig(result.data);
}

function missingIn(set: Readonly<Record<string, string | undefined>>): string[] {
  if (set['JANGBU_MODE'] !== 'production') return [];
  const ofNaver = set['PRICE_SOURCE'] === 'naver-shopping' ? REQUIRED_FOR_NAVER : [];
  const missing = [
    ...REQUIRED_IN_PRODUCTION.map((name) => [name, 'must be set in production'] as const),
    ...ofNaver.map((name) => [name, 'must be set in production for PRICE_SOURCE=naver-shopping'] as const),
  ]
    .filter(([name]) => set[name] === undefined)
    .map(([name, text]) => `${name}: ${text}`);
  const isWithoutTls = set['PUBLIC_URL']?.startsWith('http:') === true;
  return isWithoutTls ? [...missing, 'PUBLIC_URL: must be https in production'] : missing;
}

function isOrigin(text: string): boolean {
  const { pathname, search, hash, username } = new URL(text);
  return pathname === '/' && search === '' && hash === '' && username === '';
}

function toConfig(env: Environment): ApiConfig {
  const isSandbox = env.JANGBU_MODE === 'sandbox';
  const sandboxUrl = isSandbox ? (env.SANDBOX_URL ?? SANDBOX_DEFAULTS.SANDBOX_URL) : undefined;
  return {
    host: env.HOST,
    port: env.PORT,
    mode: env.JANGBU_MODE,
    databaseUrl: env.DATABASE_URL ?? SANDBOX_DEFAULTS.DATABASE_URL,
    databasePoolSize: env.DB_POOL_SIZE,
    ledgerName: env.LEDGER_NAME,
    tossBaseUrl: env.TOSS_BASE_URL ?? sandboxUrl ?? TOSS_PRODUCTION_URL,
    tossSecretKey: env.TOSS_SECRET_KEY ?? SANDBOX_DEFAULTS.TOSS_SECRET_KEY,
    sandboxUrl,
    sandboxPublicUrl: sandboxUrl && (env.SANDBOX_PUBLIC_URL ?? sandboxUrl),
    publicUrl: env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL).origin,
    ...logInClients(env, sandboxUrl),
    tokenEncryptionKeys: env.TOKEN_ENCRYPTION_KEY ?? SANDBOX_DEFAULTS.TOKEN_ENCRYPTION_KEYS,
    sessionLife: {
      idleMs: env.SESSION_IDLE_MINUTES * 60_000,
      longestMs: env.SESSION_LONGEST_MINUTES * 60_000,
    },
    connectUrl: env.CONNECT_URL,
    connectorName: env.CONNECTOR_NAME,
    archiveFolder: env.OUTBOX_ARCHIVE_FOLDER,
    logLevel: env.LOG_LEVEL,
    prices: pricesConfig(env, sandboxUrl),
    requestsPerMinute: env.REQUESTS_PER_MINUTE ?? (isSandbox ? 1_000_000 : 600),
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    recoveryAfterMs: env.RECOVERY_AFTER_MS,
    webhooksEveryMs: env.WEBHOOKS_EVERY_MS,
    recoveryEveryMs: env.RECOVERY_EVERY_MS,
    orderExpiresAfterMs: env.ORDER_EXPIRES_AFTER_MS,
    orderExpiryEveryMs: env.ORDER_EXPIRY_EVERY_MS,
    shutdownGraceMs: env.SHUTDOWN_GRACE_MS,
    failPoint: isSandbox ? env.JANGBU_FAIL_POINT : undefined,
  };
}

function pricesConfig(env: Environment, sandboxUrl: string | undefined): PricesConfig {
  const source = env.PRICE_SOURCE ?? (sandboxUrl === undefined ? 'mall' : SANDBOX_DEFAULTS.PRICE_SOURCE);
  return {
    timeoutMs: env.PRICE_TIMEOUT_MS,
    freshMs: env.PRICE_FRESH_MS,
    naver: source === 'mall' ? undefined : naverConfig(env, sandboxUrl),
  };
}

/** In production, what has no default is there: its absence was found before. */
function naverConfig(env: Environment, sandboxUrl: string | undefined): NaverConfig {
  return {
    baseUrl: env.NAVER_SHOPPING_URL ?? sandboxUrl ?? '',
    clientId: env.NAVER_SHOPPING_CLIENT_ID ?? SANDBOX_DEFAULTS.NAVER_SHOPPING_CLIENT_ID,
    clientSecret: env.NAVER_SHOPPING_CLIENT_SECRET ?? SANDBOX_DEFAULTS.NAVER_SHOPPING_CLIENT_SECRET,
    dailyLimit: env.NAVER_SHOPPING_DAILY_LIMIT,
  };
}
