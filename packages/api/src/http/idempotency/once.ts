import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../../errors.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Answer } from '../route.ts';
import { assertSameRequest } from './key.ts';
import {
  deleteClaim,
  findKey,
  inFlight,
  insertKey,
  type KeySlot,
  retakeKey,
  type StoredAnswer,
  writeAnswer,
} from './keys-table.ts';

/** A claim that was committed by itself keeps others out for so long; no handler takes longer. */
const HOLD_MS = 60_000;

export interface KeyedRequest {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly slot: KeySlot;
  readonly fingerprint: Buffer;
  /** Seals the answer where it holds a secret. */
  readonly vault?: Vault | undefined;
}

export type Commit = (work: (trx: Knex.Transaction) => Promise<Answer>) => Promise<Answer>;

/** Either the handler's answer, or the one that the first request with this key was given. */
export type Once = { readonly fresh: Answer } | { readonly again: StoredAnswer };

/**
 * Carries a request out once: effect and answer commit together. A refusal changes nothing, and leaves the key free.
 * @throws ShopError `idempotency_conflict`, `idempotency_in_flight`
 */
export async function onceInTransaction(
  keyed: KeyedRequest,
  handle: (commit: Commit) => Promise<Answer> | Answer,
): Promise<Once> {
  const first = await findAnswer(keyed);
  if (first !== undefined) return { again: first };
  let isCommitted = false;
  const commit: Commit = async (work) => {
    const answer = await inTransaction(keyed.knex, async (trx) => {
      const { slot, fingerprint, clock } = keyed;
      if (!(await insertKey(trx, slot, { fingerprint, now: clock() }))) throw new TwinWasFirst();
      const made = await work(trx);
      await writeAnswer(trx, slot, toStored(keyed, made));
      return made;
    });
    isCommitted = true;
    return answer;
  };
  try {
    const fresh = await handle(commit);
    if (!isCommitted) throw new Error(`${keyed.slot.operation} answered without committing its answer.`);
    return { fresh };
  } catch (error) {
    if (!(error instanceof TwinWasFirst)) throw error;
    const twins = await findAnswer(keyed);
    // The twin's key is there, and then is not: it was refused after all, and so the key is free again.
    if (twins === undefined) throw inFlight();
    return { again: twins };
  }
}

/**
 * For a handler that is more than one transaction: claims the key, and keeps the answer afterwards. Where the process dies in
 * between, the key is in flight until the claim's time runs out, and then the handler is called again.
 * @throws ShopError `idempotency_conflict`, `idempotency_in_flight`
 */
export async function onceAround(keyed: KeyedRequest, handle: () => Promise<Answer> | Answer): Promise<Once> {
  const { knex, slot } = keyed;
  const claimed = await claim(keyed);
  if ('again' in claimed) return claimed;
  let fresh: Answer;
  try {
    fresh = await handle();
  } catch (error) {
    await deleteClaim(knex, slot, claimed.heldUntil).catch(() => {});
    throw error;
  }
  await writeAnswer(knex, slot, toStored(keyed, fresh));
  return { fresh };
}

async function claim(keyed: KeyedRequest): Promise<{ again: StoredAnswer } | { heldUntil: Date }> {
  const { knex, clock, slot, fingerprint } = keyed;
  const now = clock();
  const heldUntil = new Date(now.getTime() + HOLD_MS);
  if (await insertKey(knex, slot, { fingerprint, now, heldUntil })) return { heldUntil };
  const seen = await findKey(knex, slot);
  if (seen === undefined) throw inFlight();
  assertSameRequest(seen, fingerprint);
  if (seen.answer !== undefined) return { again: toGiven(keyed, seen.answer) };
  const isLapsed = seen.heldUntil !== null && new Date(`${seen.heldUntil.replace(' ', 'T')}Z`) <= now;
  if (isLapsed && (await retakeKey(knex, slot, { from: seen.heldUntil, until: heldUntil }))) {
    return { heldUntil };
  }
  throw inFlight();
}

async function findAnswer(keyed: KeyedRequest): Promise<StoredAnswer | undefined> {
  const { knex, slot, fingerprint } = keyed;
  const seen = await findKey(knex, slot);
  if (seen === undefined) return undefined;
  assertSameRequest(seen, fingerprint);
  if (seen.answer === undefined) throw inFlight();
  return toGiven(keyed, seen.answer);
}

function toStored(keyed: KeyedRequest, { status, headers = {}, result, content }: Answer): StoredAnswer {
  if (content !== undefined) throw new Error('Only an answer in JSON can be kept for an Idempotency-Key.');
  // A cookie is for whoever logged in, and for nobody who repeats the request.
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'set-cookie');
  const text = result === undefined ? null : JSON.stringify({ result });
  return { status, headers: Object.fromEntries(kept), text: text && sealed(keyed, text) };
}

function sealed({ vault, slot }: KeyedRequest, text: string): string {
  return vault === undefined ? text : vault.seal(text, aboutOf(slot)).toString('base64');
}

/** @throws ShopError `idempotency_conflict` where no key opens the answer any more */
function toGiven({ vault, slot }: KeyedRequest, stored: StoredAnswer): StoredAnswer {
  if (vault === undefined || stored.text === null) return stored;
  const text = vault.open(Buffer.from(stored.text, 'base64'), aboutOf(slot));
  if (text !== undefined) return { ...stored, text };
  throw new ShopError(
    'idempotency_conflict',
    'The first answer to this Idempotency-Key held a secret, and cannot be read any more; use a fresh key.',
  );
}

function aboutOf({ memberId, operation, key }: KeySlot): string {
  return `answer\n${memberId}\n${operation}\n${key}`;
}

class TwinWasFirst extends ShopError {
  constructor() {
    super('idempotency_in_flight', 'Another request with this Idempotency-Key came first.');
  }
}
