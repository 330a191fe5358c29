import type { Stack } from '@jangbu/stack';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { type Account, takeAccount } from './account.ts';
import type { Fault } from './faults.ts';
import { type Place, preparePlace } from './place.ts';
import { startWriter } from './writer.ts';

/** What one fault came to. */
export interface Row extends Account {
  readonly fault: string;
  readonly duplicatesDropped: number;
  /** From the last event that was written to the last one that was settled. */
  readonly settledAfterMs: number;
}

export interface WreakOptions {
  readonly ms: number;
  readonly perSecond: number;
  readonly random: () => number;
}

/** What piles up while a fault lasts, behind handlers that sleep on purpose, takes its time to settle. */
const settleTimeoutMs = (ms: number) => Math.max(120_000, 12 * ms);

/** One fault on a database and topics of its own: write, inflict, heal, wait until all is settled, take account. */
export async function wreak(
  stack: Stack,
  fault: Fault,
  { ms, perSecond, random }: WreakOptions,
): Promise<Row> {
  const place = await preparePlace(stack);
  let isDone = false;
  try {
    await place.startRelay();
    const writer = startWriter(place, { perSecond, random });
    await waitFor('the first to be settled', async () => (await countApplied(place)) > 0);
    await fault.inflict(place, ms, random).finally(() => writer.stop());
    const stoppedAt = Date.now();
    await fault.heal?.(place);
    await untilSettled(place, settleTimeoutMs(ms));
    const settledAfterMs = Date.now() - stoppedAt;
    const account = await takeAccount(place, writer.acknowledged);
    isDone = true;
    return { fault: fault.name, ...account, duplicatesDropped: place.duplicatesDropped(), settledAfterMs };
  } finally {
    if (!isDone) await startWhatIsDown(stack);
    await place.end({ keepLogs: !isDone });
  }
}

/** What a fault has broken is not for the next one to find. */
async function startWhatIsDown(stack: Stack): Promise<void> {
  for (const part of ['mysql', 'kafka', 'connect'] as const) await stack.start(part);
}

async function untilSettled({ ledger }: Place, timeoutMs: number): Promise<void> {
  await waitFor('every event to be settled', async () => (await ledger.lag()).events === 0, {
    timeoutMs,
  });
}

async function countApplied({ database }: Place): Promise<number> {
  const [[row]] = await database.admin.raw('SELECT COUNT(*) AS counted FROM inbox');
  return Number(row.counted);
}

export function isSound({ lost, doubled, outOfOrder, deadLetters, findings }: Row): boolean {
  return lost === 0 && doubled === 0 && outOfOrder === 0 && deadLetters === 0 && findings.length === 0;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
