import { readFile } from 'node:fs/promises';
import { type FeePolicy, parsePlace, type ReplayRequest, seqOfPlace } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { UsageError } from './context.ts';

/** What was typed after `jangbu replay`. */
export interface ReplayFlags {
  ledger: string;
  from?: string;
  to?: string;
  aggregate?: string;
  into?: string;
  policy?: string;
  throughKafka?: boolean;
  archive?: string;
  dryRun?: boolean;
  resume?: string | true;
  cancel?: string;
  pageSize: string;
  by: string;
  yes?: boolean;
  json?: boolean;
}

/** Goes with nothing but who asks and how it is shown. */
const ALONE = ['resume', 'cancel'] as const;
const OF_A_NEW_RUN = ['from', 'to', 'aggregate', 'into', 'policy', 'throughKafka', 'dryRun'] as const;

/** @throws UsageError where flags exclude each other */
export function assertSensible(flags: ReplayFlags): void {
  for (const flag of ALONE) {
    if (flags[flag] === undefined) continue;
    const other = [...OF_A_NEW_RUN, ...ALONE].find((one) => one !== flag && flags[one] !== undefined);
    if (other !== undefined)
      throw new UsageError(`--${flag} goes on with a run as it was begun; leave out --${dashed(other)}.`);
    return;
  }
  if (flags.from === undefined && flags.into === undefined)
    throw new UsageError('Say from where: --from SEQ, an instant, or topic:partition:offset.');
  if (flags.throughKafka === true && flags.into !== undefined)
    throw new UsageError(
      'Events go to Kafka, or into a ledger of their own: leave out --into or --through-kafka.',
    );
}

/** @throws LedgerError `replay_malformed`, `replay_range_empty`, `ledger_unknown`, `archive_missing`, `archive_damaged`; UsageError for a policy that cannot be read */
export async function toRequest(knex: Knex, flags: ReplayFlags): Promise<ReplayRequest> {
  const { ledger, from, to, aggregate, into, policy, throughKafka, by } = flags;
  const archiveFolder = archiveFolderOf(flags);
  const start = parsePlace('--from', from ?? '1');
  const end = to === undefined ? undefined : parsePlace('--to', to);
  return {
    ledger,
    into,
    publish: throughKafka,
    fromSeq: await seqOfPlace(knex, ledger, start, 'from', archiveFolder),
    toSeq: end === undefined ? undefined : await seqOfPlace(knex, ledger, end, 'to', archiveFolder),
    aggregateId: aggregate,
    feePolicy: policy === undefined ? undefined : await readPolicy(policy),
    archiveFolder,
    by,
  };
}

/** Where events are that have left the outbox. */
export function archiveFolderOf({ archive }: Pick<ReplayFlags, 'archive'>): string | undefined {
  return archive === '' ? undefined : archive;
}

export function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new UsageError(`${flag} is a whole number from 1 to ${most}, not ${text.slice(0, 40)}`);
  return value;
}

const policyFile = z.strictObject({ feeRate: z.string(), vatRate: z.string() });

async function readPolicy(path: string): Promise<FeePolicy> {
  const refuse = (why: string) =>
    new UsageError(`--policy names a file such as {"feeRate": "0.04", "vatRate": "0.1"}; ${path} ${why}.`);
  const text = await readFile(path, 'utf8').catch(() => {
    throw refuse('cannot be read');
  });
  try {
    return policyFile.parse(JSON.parse(text));
  } catch {
    throw refuse('is not one');
  }
}

function dashed(flag: string): string {
  return flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
