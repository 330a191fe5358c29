import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLedger, openDatabase } from '@jangbu/ledger-core';
import type { RequestHandler } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { CancelProvider } from './cancels/cancel-provider.ts';
import { type CancelRecoveryContext, startCancelRecovery } from './cancels/cancel-recovery.ts';
import { startSweep } from './care/sweep.ts';
import type { ApiConfig } from './config.ts';
import { failPointAt } from './fail-point.ts';
import { assertSchema } from './health/readiness-table.ts';
import { createApp } from './http/app.ts';
import type { Credentials } from './http/caller.ts';
import { type ClientTimes, createHttpServer } from './http/server.ts';
import { openLog } from './log.ts';
import { readStoredTokens } from './log-in/identities-table.ts';
import type { Providers } from './log-in/provider.ts';
import { openMembers } from './members/open-members.ts';
import { createMetrics } from './metrics/metrics.ts';
import { startExpiry } from './orders/expire-orders.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import { type RecoveryContext, startRecovery } from './payments/recovery.ts';
import { connectProvider } from './payments/toss-provider.ts';
import { connectPrices } from './prices/connect-prices.ts';
import { readRelayStatus } from './relay/read-relay-status.ts';
import { createReplays } from './relay/replays.ts';
import type { RepeatedJob } from './repeat.ts';
import { routesOf } from './routes.ts';
import { serveStorefront } from './storefront/serve-storefront.ts';
import { type StoredSecret, startSealing } from './vault/seal-anew.ts';
import { createVault, type Vault } from './vault/vault.ts';
import type { Reach } from './webhooks/endpoint-url.ts';
import { readStoredSecrets } from './webhooks/endpoints-table.ts';
import { startWebhooks } from './webhooks/webhook-jobs.ts';

export interface RunningApi {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, finishes those under way (within `shutdownGraceMs`), and lets go of everything. */
  close(): Promise<void>;
}

/** What a test or an embedding program may put in another's place. */
export interface ApiSeams {
  readonly clock?: () => Date;
  readonly log?: Logger;
  readonly provider?: PaymentProvider;
  readonly cancels?: CancelProvider;
  readonly logInProviders?: Providers;
  /** Who calls. */
  readonly credentials?: Credentials;
  readonly clientTimes?: ClientTimes;
}

/**
 * Starts the API and its jobs.
 * @throws LedgerError `database_unreachable`, `migrations_missing`; Error `EADDRINUSE` when the port is taken
 */
export async function startApi(config: ApiConfig, seams: ApiSeams = {}): Promise<RunningApi> {
  const { clock = () => new Date(), log = openLog(config.logLevel) } = seams;
  const knex = openDatabase({ url: config.databaseUrl, poolSize: config.databasePoolSize });
  const prices = connectPrices(config.prices, { knex, clock, log });
  const shared = { knex, clock, log, vault: createVault(config.tokenEncryptionKeys) };
  const connections = connectProvider(config, { ...seams, log, clock });
  const breakers = { ...connections.breakers, ...prices.breakers };
  const metrics = createMetrics(breakers);
  const letGo = () => Promise.all([connections.close(), prices.close(), knex.destroy()]);
  try {
    await assertSchema(knex);
    const ledger = await createLedger({ knex, name: config.ledgerName, clock });
    const replays = createReplays({ ...replaysOf(config), knex, log, clock });
    const members = openMembers(config, { ...shared, seams });
    const payments = {
      ...shared,
      provider: connections.provider,
      cancels: connections.cancels,
      newCancelId: newId,
      agreeingProvider: connections.agreeingProvider,
      recoveryAfterMs: config.recoveryAfterMs,
      failPoint: failPointAt(config.failPoint),
    };
    const routes = routesOf({
      knex,
      ledger,
      replays,
      payments,
      prices: { ...prices, clock },
      breakers,
      members: members.context,
      checkOut: { knex, clock, newOrderId: newId, orderExpiresAfterMs: config.orderExpiresAfterMs },
      cart: { knex, clock, cookie: members.context.cookies.cart },
      webhooks: { ...shared, newId, reach: reachOf(config), ledgerName: config.ledgerName },
      metrics,
      readRelayStatus: () => readRelayStatus(config, ledger, clock()),
    });
    const app = createApp({
      ...config,
      ...shared,
      routes,
      credentials: members.credentials,
      metrics,
      pages: pagesOf(config),
    });
    const server = await listen(createHttpServer(app, seams.clientTimes), config);
    const jobs = startJobs(config, payments);
    const { port } = server.address() as AddressInfo;
    const url = `http://${config.host}:${port}`;
    log.info({ url, mode: config.mode, ledger: config.ledgerName }, 'The API is up');
    return {
      url,
      port,
      async close() {
        await Promise.all([
          closeServer(server, config.shutdownGraceMs),
          replays.close(),
          ...jobs.map((job) => job.stop()),
        ]);
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Ids go up with time, so that what is new lies side by side. */
function newId(now: Date): string {
  return v7({ msecs: now.getTime() });
}

/** The shop's page needs the sandbox, whose payment window it sends buyers to. */
function pagesOf({ sandboxPublicUrl }: ApiConfig): RequestHandler | undefined {
  if (sandboxPublicUrl === undefined) return undefined;
  return serveStorefront({ paymentWindowUrl: `${sandboxPublicUrl}/sandbox/toss/window` });
}

/** What goes on beside the requests. */
type JobsContext = CancelRecoveryContext & RecoveryContext & { readonly vault: Vault };

function startJobs(config: ApiConfig, context: JobsContext): RepeatedJob[] {
  const { knex } = context;
  return [
    startRecovery(context, config.recoveryEveryMs),
    startCancelRecovery(context, config.recoveryEveryMs),
    startWebhooks({ ...context, reach: reachOf(config), random: Math.random }, config.webhooksEveryMs),
    startSweep(context),
    startExpiry(context, config.orderExpiryEveryMs),
    ...(config.tokenEncryptionKeys.length > 1
      ? [startSealing({ ...context, storedSecrets: () => storedSecrets(knex) })]
      : []),
  ];
}

/** All that the vault has sealed, but for answers, which are kept for a day. */
async function* storedSecrets(knex: Knex): AsyncGenerator<StoredSecret> {
  yield* readStoredSecrets(knex);
  yield* readStoredTokens(knex);
}

/** In the sandbox a receiver may stand on this machine. */
function reachOf({ mode }: ApiConfig): Reach {
  return { isAnywhere: mode === 'sandbox' };
}

function listen(server: Server, { host, port }: ApiConfig): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.off('error', reject)));
  });
}

/** Requests under way get their answer; connections that idle, or outlast the grace, are cut. */
function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function replaysOf({ ledgerName: ledger, archiveFolder }: ApiConfig) {
  return { ledger, archiveFolder };
}
