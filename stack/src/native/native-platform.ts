import { readFileSync } from 'node:fs';
import { claimOrRefuse } from '../claim.ts';
import { instanceFolder } from '../folders.ts';
import { answers, untilItAnswers } from '../health.ts';
import { addressOf, type Part } from '../parts.ts';
import type { Platform, PlatformOptions } from '../platform.ts';
import { choosePort, untilFree } from '../ports.ts';
import { end, isRunning, kill, launch, type ProcessIdentity } from '../processes.ts';
import { readState, writeState } from '../state.ts';
import { prepareLaunch } from './launches.ts';
import { installDebezium } from './maven.ts';

const START_TIMEOUT_MS: Readonly<Record<Part, number>> = { mysql: 60_000, kafka: 60_000, connect: 120_000 };

/** The servers as plain processes of this user, from a private folder, with no change to the system. */
export function nativePlatform({ instance, owner, ports, elsewhere, report }: PlatformOptions): Platform {
  const addresses: Partial<Record<Part, string>> = { ...elsewhere };
  // Connect can be brought back alone, while the Kafka that it knows goes on.
  const kafkaBrokers = () => addresses.kafka ?? lastKafka(instance);

  function remember(part: Part, port: number, identity: ProcessIdentity): void {
    const known = { port, process: identity, ...(owner && { owner }) };
    writeState(instance, { ...readState(instance), [part]: known });
  }

  /** Takes over what an earlier run left if it answers, else starts it anew. Says whether it is this one's to end. */
  async function startPart(part: Part): Promise<boolean> {
    const before = readState(instance)[part];
    if (before?.process !== undefined && isRunning(before.process)) {
      const isOrphan = claimOrRefuse(`${part} of ${instance}`, before.owner) === 'orphan';
      addresses[part] = addressOf(part, before.port);
      if (await answers(part, addressOf(part, before.port), 5_000)) {
        if (isOrphan) remember(part, before.port, before.process);
        return isOrphan;
      }
      await end(before.process);
    }
    const launchOn = await prepareLaunch(part, { folder: instanceFolder(instance), kafkaBrokers, report });
    const port = await choosePort([before?.port, ports[part]]);
    const launched = await launchOn(port);
    const startedAt = Date.now();
    const identity = launch(launched);
    remember(part, port, identity);
    addresses[part] = addressOf(part, port);
    try {
      await untilItAnswers(part, addressOf(part, port), {
        timeoutMs: START_TIMEOUT_MS[part],
        isAlive: () => isRunning(identity),
      });
    } catch (error) {
      await kill(identity);
      throw new Error(
        `${(error as Error).message}; the last lines of its log:\n${lastLines(launched.logFile)}`,
        { cause: error },
      );
    }
    report(`${part} is up on port ${port} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    return true;
  }

  return {
    name: 'native',
    async start(parts) {
      const started: Part[] = [];
      const startOne = async (part: Part) => {
        if (await startPart(part)) started.push(part);
      };
      // What Connect needs is fetched while MySQL and Kafka start.
      if (parts.includes('connect')) installDebezium(report).catch(() => {});
      try {
        await allOrThrow(parts.filter((part) => part !== 'connect').map(startOne));
        if (parts.includes('connect')) await startOne('connect');
      } catch (error) {
        await endParts(instance, started);
        throw error;
      }
      return { addresses, started };
    },
    stop: (parts) => endParts(instance, parts),
    async kill(part) {
      const known = readState(instance)[part];
      if (known?.process === undefined) return;
      await kill(known.process);
      // A killed process of many threads has ended before the last of them has, and until then its port is taken.
      await untilFree(known.port);
    },
    askToEnd(parts) {
      const state = readState(instance);
      for (const part of parts) {
        const identity = state[part]?.process;
        // Without Kafka, Connect would take half a minute over an orderly end; all that it knows lies in Kafka.
        const signal = part === 'connect' ? 'SIGKILL' : 'SIGTERM';
        if (identity !== undefined && isRunning(identity)) process.kill(identity.pid, signal);
      }
    },
  };
}

/** Connect first, because it says good-bye to Kafka. */
async function endParts(instance: string, parts: readonly Part[]): Promise<void> {
  const state = readState(instance);
  const endOne = async (part: Part) => {
    const identity = state[part]?.process;
    if (identity !== undefined) await end(identity);
  };
  if (parts.includes('connect')) await endOne('connect');
  await Promise.all(parts.filter((part) => part !== 'connect').map(endOne));
}

/** Waits for all of them, also when one fails, so that what the others started is known. */
async function allOrThrow(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function lastKafka(instance: string): string {
  const known = readState(instance).kafka;
  if (known === undefined) throw new Error('Connect needs Kafka, which was never started here');
  return addressOf('kafka', known.port);
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n');
  } catch {
    return '(no log)';
  }
}
