import type { Logger } from 'pino';
import { describeError } from '../http/request-log.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import type { Vault } from './vault.ts';

/** A secret as a table has it. */
export interface StoredSecret {
  readonly sealed: Buffer;
  /** What it was sealed about. */
  readonly about: string;
  /** Writes it sealed anew, unless it has changed since it was read. */
  replace(fresh: Buffer): Promise<void>;
}

export interface SealingContext {
  readonly vault: Vault;
  /** Every secret of the service, read in pages. */
  readonly storedSecrets: () => AsyncIterable<StoredSecret>;
  readonly log: Logger;
}

export interface SealedAnew {
  readonly sealed: number;
  /** Those that no key opens. */
  readonly lost: number;
}

const EVERY_MS = 3_600_000;

/** Seals with the first key what another one sealed. `isStopping` is asked before each secret. */
export async function sealAnew(
  { vault, storedSecrets }: Omit<SealingContext, 'log'>,
  isStopping = () => false,
): Promise<SealedAnew> {
  let sealed = 0;
  let lost = 0;
  for await (const secret of storedSecrets()) {
    if (isStopping()) break;
    if (vault.isSealedByFirst(secret.sealed)) continue;
    const text = vault.open(secret.sealed, secret.about);
    if (text === undefined) lost++;
    else {
      await secret.replace(vault.seal(text, secret.about));
      sealed++;
    }
  }
  return { sealed, lost };
}

/** Does so at once and then every hour: while a key is being replaced, a process that is older than it may still seal with the old one. */
export function startSealing(context: SealingContext): RepeatedJob {
  const { log } = context;
  return repeat(
    async (isStopping) => {
      const { sealed, lost } = await sealAnew(context, isStopping);
      if (!isStopping()) log.info({ sealed, lost }, 'Secrets are sealed with the first key');
    },
    {
      everyMs: EVERY_MS,
      onError: (error) => log.error(describeError(error), 'Secrets could not be sealed anew yet'),
    },
  );
}
