import { inTransaction, isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { ShopError } from '../errors.ts';
import { memberName } from '../members/member-name.ts';
import { insertMember } from '../members/members-table.ts';
import { newSecret } from '../sessions/session.ts';
import type { Vault } from '../vault/vault.ts';
import { type Attempt, isPathHere, proofsOf } from './attempt.ts';
import { type AttemptPurpose, insertAttempt, takeAttempt } from './attempts-table.ts';
import { findMemberOf, insertIdentity, updateTokens } from './identities-table.ts';
import {
  type Person,
  ProviderError,
  type ProviderName,
  type Providers,
  type ProviderTokens,
} from './provider.ts';

export interface LogInContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly providers: Providers;
  readonly vault: Vault;
}

/** How long somebody may take at the provider. */
export const ATTEMPT_MS = 10 * 60_000;

/** A browser that is sent to a provider. */
export interface Begun {
  readonly authorizeUrl: string;
  /** For the browser's cookie. */
  readonly browser: string;
}

/**
 * Sends a browser to a provider. `browser` is the secret that it has from an attempt before, so that two tabs do not undo each other.
 * @throws ShopError `request_invalid` where `returnTo` is not a path of this service
 */
export async function beginLogIn(
  { knex, clock, providers }: Pick<LogInContext, 'knex' | 'clock' | 'providers'>,
  { provider, memberId, returnTo }: AttemptPurpose,
  { browser = newSecret(), redirectUri }: { browser?: string | undefined; redirectUri: string },
): Promise<Begun> {
  if (!isPathHere(returnTo)) {
    const message = 'must be a path of this service, such as /orders';
    throw new ShopError('request_invalid', `returnTo: ${message}`, {
      errors: [{ path: 'returnTo', message }],
    });
  }
  const attempt = { browser, state: newSecret() };
  const expiresAt = new Date(clock().getTime() + ATTEMPT_MS);
  await insertAttempt(knex, attempt, { provider, memberId, returnTo }, expiresAt);
  const { challenge, nonce } = proofsOf(attempt);
  const asked = { state: attempt.state, redirectUri, challenge, nonce };
  return { authorizeUrl: providers[provider].authorizeUrl(asked), browser };
}

/** A browser that a provider sent back, and what it came with. */
export interface Return {
  readonly provider: ProviderName;
  readonly redirectUri: string;
  readonly browser: string | undefined;
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly error: string | undefined;
  /** Who is logged in in this browser. */
  readonly memberId: number | undefined;
}

export interface LoggedIn {
  readonly memberId: number;
  readonly returnTo: string;
}

/**
 * Finishes what beginLogIn began: makes whoever comes first a member, and links a further identity where a member asked for that.
 * No connection to the database is held while the provider is asked.
 * @throws ShopError `log_in_state_invalid`, `log_in_refused`, `log_in_code_invalid`, `log_in_provider_unavailable`,
 *   `identity_taken`, `identity_conflict`
 */
export async function finishLogIn(context: LogInContext, came: Return): Promise<LoggedIn> {
  const { attempt, purpose } = await recogniseReturn(context, came);
  const { returnTo } = purpose;
  try {
    const { tokens, person } = await askWho(context, attempt, came);
    const memberId =
      purpose.memberId === null
        ? await memberFor(context, came.provider, person, tokens)
        : await link(context, purpose.memberId, came.provider, person, tokens);
    return { memberId, returnTo };
  } catch (error) {
    // From here on it is known where the browser wants to go.
    if (!(error instanceof ShopError)) throw error;
    throw new ShopError(error.code, error.message, { ...error.details, returnTo }, { cause: error });
  }
}

async function recogniseReturn(
  { knex, clock }: LogInContext,
  { provider, browser, state, memberId }: Return,
): Promise<{ attempt: Attempt; purpose: AttemptPurpose }> {
  const attempt = browser === undefined || state === undefined ? undefined : { browser, state };
  const purpose = attempt && (await takeAttempt(knex, attempt, provider, clock()));
  // Whoever linked has to be the one who is still logged in: the browser may have changed hands meanwhile.
  if (attempt === undefined || purpose === undefined || (purpose.memberId ?? memberId) !== memberId) {
    throw new ShopError(
      'log_in_state_invalid',
      'This log-in was not begun here, was used, or took too long; begin again.',
    );
  }
  return { attempt, purpose };
}

async function askWho(
  { providers, log }: LogInContext,
  attempt: Attempt,
  { provider, redirectUri, code, error: refusal }: Return,
) {
  if (refusal !== undefined || code === undefined) {
    throw new ShopError('log_in_refused', 'The provider sent no code: whoever it asked did not agree.');
  }
  const { verifier, nonce } = proofsOf(attempt);
  try {
    return await providers[provider].exchange({ code, state: attempt.state, redirectUri, verifier, nonce });
  } catch (error) {
    throw toShopError(error, provider, log);
  }
}

/** @throws whatever is not the provider's error */
export function toShopError(error: unknown, provider: ProviderName, log: Logger): ShopError {
  if (!(error instanceof ProviderError)) throw error;
  const { reason, detail } = error;
  log.warn({ provider, reason, detail }, 'A log-in provider failed');
  return reason === 'refused'
    ? new ShopError('log_in_code_invalid', 'The provider does not take this code; begin again.')
    : new ShopError(
        'log_in_provider_unavailable',
        'The provider does not answer at present; try again later.',
      );
}

async function memberFor(
  context: LogInContext,
  provider: ProviderName,
  person: Person,
  tokens: ProviderTokens,
): Promise<number> {
  const { knex, vault } = context;
  const key = { provider, subject: person.subject };
  const known = await findMemberOf(knex, key);
  if (known === undefined) return signUp(context, provider, person, tokens);
  await updateTokens(knex, vault, key, tokens);
  return known;
}

/** Of twins that come at once, one makes the member, and the other finds it. */
async function signUp(
  { knex, vault, clock }: LogInContext,
  provider: ProviderName,
  { subject, name }: Person,
  tokens: ProviderTokens,
): Promise<number> {
  const now = clock();
  try {
    return await inTransaction(knex, async (trx) => {
      const memberId = await insertMember(trx, memberName(name), now);
      await insertIdentity(trx, vault, { provider, subject, memberId, linkedAt: now }, tokens);
      return memberId;
    });
  } catch (error) {
    if (!isMysqlError(error, 'duplicateKey')) throw error;
    const memberId = await findMemberOf(knex, { provider, subject });
    if (memberId === undefined) throw error;
    return memberId;
  }
}

async function link(
  { knex, vault, clock }: LogInContext,
  memberId: number,
  provider: ProviderName,
  { subject }: Person,
  tokens: ProviderTokens,
): Promise<number> {
  try {
    await insertIdentity(knex, vault, { provider, subject, memberId, linkedAt: clock() }, tokens);
    return memberId;
  } catch (error) {
    if (!isMysqlError(error, 'duplicateKey')) throw error;
    const owner = await findMemberOf(knex, { provider, subject });
    if (owner === memberId) return memberId;
    throw owner === undefined
      ? new ShopError(
          'identity_conflict',
          `You are linked with another account of ${provider}; unlink it first.`,
        )
      : new ShopError('identity_taken', 'This account belongs to another member.');
  }
}
