import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const JANGBU = resolve(import.meta.dirname, '../../packages/relay/bin/jangbu.mjs');

export interface ReplayProof {
  /** The fresh ledger, which stays in the database. */
  readonly ledger: string;
  readonly events: number;
  readonly seconds: number;
  /** What `jangbu diff` found between the live books and the rebuilt ones, accounts and entries. */
  readonly differences: number;
}

/** Rebuilds the books of the whole outbox in a fresh ledger, by the commands that an operator has, and compares them with the live ones. */
export async function proveReplay(live: string, databaseUrl: string): Promise<ReplayProof> {
  const ledger = `rebuilt-${Date.now()}`;
  const from = performance.now();
  const { counts } = await jangbu<{ counts: { events: number } }>(
    ['replay', '--ledger', live, '--into', ledger, '--yes', '--json'],
    databaseUrl,
  );
  const seconds = (performance.now() - from) / 1000;
  const diff = await jangbu<{ accounts: { differing: number }; entries: unknown[] }>(
    ['diff', live, ledger, '--json'],
    databaseUrl,
  );
  return {
    ledger,
    events: counts.events,
    seconds,
    differences: diff.accounts.differing + diff.entries.length,
  };
}

/** Exit code 1 is an answer as well: that something differs, or was parked. */
async function jangbu<Answer>(args: readonly string[], databaseUrl: string): Promise<Answer> {
  const child = spawn(process.execPath, [JANGBU, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const status = await new Promise((settle) => child.once('close', settle));
  if (status !== 0 && status !== 1) throw new Error(`jangbu ${args[0]} ended with ${status}.`);
  return JSON.parse(printed) as Answer;
}
