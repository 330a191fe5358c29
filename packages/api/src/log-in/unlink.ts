import { inTransaction } from '@jangbu/ledger-core';
import { ShopError } from '../errors.ts';
import {
  deleteIdentity,
  type Identity,
  lockIdentities,
  readIdentities,
  readTokens,
  updateTokens,
} from './identities-table.ts';
import { type LogInContext, toShopError } from './log-in.ts';
import { ProviderError, type ProviderName } from './provider.ts';

/** An access token that has less left than this is refreshed before it is used. */
const SPARE_MS = 30_000;

/**
 * Ends the link with a provider, there and here. The last one stays: without it nobody could log in as this member any more.
 * @throws ShopError `identity_unknown`, `identity_last`, `log_in_provider_unavailable`
 */
export async function unlink(context: LogInContext, memberId: number, provider: ProviderName): Promise<void> {
  const { knex, log } = context;
  const identity = pick(await readIdentities(knex, memberId), provider);
  try {
    await unlinkThere(context, identity);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.reason === 'unavailable') {
      throw toShopError(error, provider, log);
    }
    // It was unlinked there already, and its tokens with it.
    log.info({ provider, detail: error.detail }, 'A provider had unlinked a member before');
  }
  await inTransaction(knex, async (trx) => {
    // Asked again under a lock: of two that unlink at once, one stays.
    await deleteIdentity(trx, pick(await lockIdentities(trx, memberId), provider));
  });
}

function pick(identities: readonly Identity[], provider: ProviderName): Identity {
  const identity = identities.find((one) => one.provider === provider);
  if (identity === undefined) throw new ShopError('identity_unknown', `You are not linked with ${provider}.`);
  if (identities.length > 1) return identity;
  throw new ShopError('identity_last', 'This is your only way to log in; link another one first.');
}

async function unlinkThere(context: LogInContext, identity: Identity): Promise<void> {
  const accessToken = await freshAccessToken(context, identity);
  await context.providers[identity.provider].unlink(accessToken);
}

/** @throws ProviderError `refused` where no token of this identity is any good */
async function freshAccessToken(context: LogInContext, identity: Identity): Promise<string> {
  const { knex, vault, clock, providers } = context;
  const stored = await readTokens(knex, vault, identity);
  if (stored?.accessToken !== undefined && stored.accessExpiresAt.getTime() - clock().getTime() > SPARE_MS) {
    return stored.accessToken;
  }
  if (stored?.refreshToken === undefined) throw new ProviderError('refused', 'no token');
  const fresh = await providers[identity.provider].refresh(stored.refreshToken);
  await updateTokens(knex, vault, identity, fresh);
  return fresh.accessToken;
}
