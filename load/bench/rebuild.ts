import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLedger, openDatabase } from '@jangbu/ledger-core';
import type { Stack } from '@jangbu/stack';
import { dropDatabase, prepareDatabase } from '../../scripts/system/prepare-database.ts';
import { writePayments } from './backlog.ts';

export interface Rebuild {
  readonly events: number;
  readonly seconds: number;
  /** Of the replaying process, at its largest, in MB; undefined where the system does not tell. */
  readonly residentMb: number | undefined;
  readonly isSound: boolean;
}

const JANGBU = resolve(import.meta.dirname, '../../packages/relay/src/cli/main.ts');

/** Replays an outbox of one-seller payments into a fresh ledger by the command, in a process of its own, and verifies what it built. */
export async function rebuildBooks(stack: Stack, events: number): Promise<Rebuild> {
  const database = await prepareDatabase({
    serverUrl: stack.addresses.databaseUrl,
    name: `rebuild_${process.pid}`,
    passwords: { runtime: 'bench', replication: 'bench' },
  });
  const knex = openDatabase({ url: database.runtimeUrl, poolSize: 10 });
  try {
    await writePayments(knex, await createLedger({ knex, name: 'bench' }), events);
    const from = performance.now();
    const residentMb = await runReplay(database.runtimeUrl);
    const seconds = (performance.now() - from) / 1000;
    const rebuilt = await createLedger({ knex, name: 'rebuilt', mustExist: true });
    const { ok, checked } = await rebuilt.verify();
    return { events, seconds, residentMb, isSound: ok && checked.entries === events };
  } finally {
    await knex.destroy();
    await dropDatabase(database);
  }
}

async function runReplay(databaseUrl: string): Promise<number | undefined> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    // As packages/relay/bin/jangbu.mjs starts it.
    '--max-semi-space-size=4',
    JANGBU,
    'replay',
    '--into',
    'rebuilt',
    '--ledger',
    'bench',
    '--yes',
  ];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let residentMb: number | undefined;
  const watch = setInterval(() => {
    residentMb = mostResidentMb(child.pid) ?? residentMb;
  }, 250);
  const status = await new Promise((settle) => child.once('close', settle));
  clearInterval(watch);
  if (status !== 0) throw new Error(`The replay ended with ${status}.`);
  return residentMb;
}

/** What Linux has noted of a process that still runs. */
function mostResidentMb(pid = 0): number | undefined {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
