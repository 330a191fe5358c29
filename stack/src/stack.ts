import { constants } from 'node:os';
import { ForeignServerError } from './claim.ts';
import { dockerPlatform } from './docker/docker-platform.ts';
import { whyNoDocker } from './docker/engine.ts';
import { partsElsewhere, preferredPorts } from './environment.ts';
import { exclusively } from './exclusive.ts';
import { instanceFolder } from './folders.ts';
import { answers } from './health.ts';
import { nativePlatform } from './native/native-platform.ts';
import { noWay } from './no-way.ts';
import { addressOf, isPart, PARTS, type Part, type StackAddresses } from './parts.ts';
import { type PlatformName, type PlatformOptions, toStackAddresses } from './platform.ts';
import { thisProcess } from './processes.ts';
import { type PartState, readState } from './state.ts';
import { type Way, waysToTry } from './ways.ts';

export interface StackOptions {
  /** `dev` is what `npm start` runs, `test` what `npm test` runs; they never meet. */
  readonly instance: string;
  readonly parts: readonly Part[];
  readonly report?: (line: string) => void;
  /** Leave it running when this process ends. */
  readonly detached?: boolean;
}

/** Servers that run, and what to do with them. */
export interface Stack {
  readonly instance: string;
  readonly platform: PlatformName;
  readonly addresses: StackAddresses;
  /** The parts that this call started; what it found running is not among them. */
  readonly started: readonly Part[];
  /** Ends what this call started, and leaves what it found running. */
  stop(): Promise<void>;
  /** Kills a part as a power cut would, for tests of faults. */
  kill(part: Part): Promise<void>;
  /** Brings a part back, on the port that it had. */
  start(part: Part): Promise<void>;
}

/**
 * Brings up real servers: those that the environment names are used as they are; the others through Docker where an engine
 * answers and has the images; else natively.
 * @throws Error with one clear message, naming the three ways, where none works
 */
export async function startStack({
  instance,
  parts,
  report = () => {},
  detached = false,
}: StackOptions): Promise<Stack> {
  const elsewhere = partsElsewhere(process.env);
  for (const [part, address] of Object.entries(elsewhere)) {
    if (isPart(part) && parts.includes(part) && !(await answers(part, address, 5_000)))
      throw new Error(`${part} does not answer at the address that the environment gives.`);
  }
  const missing = parts.filter((part) => elsewhere[part] === undefined);
  return exclusively(
    instanceFolder(instance),
    async () => {
      const owner = detached ? undefined : thisProcess();
      if (owner !== undefined) endWithOwner(instance);
      const { platform, addresses, started, seenByConnect } = await startMissing(
        { instance, owner, elsewhere, report },
        missing,
      );
      // Whoever starts it again meanwhile waits until it has ended, instead of building on a server that is about to.
      const stop = () => exclusively(instanceFolder(instance), () => platform.stop(started), report);
      return {
        instance,
        platform: missing.length === 0 ? 'environment' : platform.name,
        addresses: toStackAddresses({ ...addresses, ...elsewhere }, seenByConnect),
        started,
        stop,
        kill: (part) => platform.kill(part),
        start: async (part) => {
          await platform.start([part]);
        },
      };
    },
    report,
  );
}

/**
 * The stack whose MySQL answers now: the default of the jangbu command. Kafka and Connect are named where they last ran, also
 * when they are down, so that whoever asks them sees that they are.
 */
export async function findStack(instance: string): Promise<StackAddresses | undefined> {
  const known = Object.entries(readState(instance)).flatMap(([part, { port }]) =>
    isPart(part) ? [[part, addressOf(part, port)]] : [],
  );
  const addresses: Partial<Record<Part, string>> = {
    ...Object.fromEntries(known),
    ...partsElsewhere(process.env),
  };
  if (addresses.mysql === undefined || !(await answers('mysql', addresses.mysql))) return undefined;
  return toStackAddresses(addresses);
}

async function startMissing(place: Omit<PlatformOptions, 'ports'>, missing: readonly Part[]) {
  const options = { ...place, ports: preferredPorts(place.instance, process.env) };
  const reasons: Partial<Record<Way, string>> = {};
  for (const way of waysToTry(readState(place.instance), process.env.JANGBU_PLATFORM)) {
    try {
      return await startIn(way, options, missing);
    } catch (error) {
      if (error instanceof ForeignServerError) throw error;
      reasons[way] = (error as Error).message;
    }
  }
  throw new Error(noWay(reasons));
}

async function startIn(way: Way, options: PlatformOptions, missing: readonly Part[]) {
  const platform = way === 'docker' ? dockerPlatform(options) : nativePlatform(options);
  if (missing.length === 0) return { platform, addresses: {}, started: [] };
  const obstacle = way === 'docker' ? await whyNoDocker() : undefined;
  if (obstacle !== undefined) throw new Error(obstacle);
  return { platform, ...(await platform.start(missing)) };
}

/**
 * For an owner that ends without calling stop(), even while it starts: its servers are asked to end as it goes. A signal that
 * nobody else handles ends it in order, so that this still happens; it stays handled, because the same signal often comes
 * twice, from the terminal and from the parent.
 */
function endWithOwner(instance: string): void {
  if (ending.size === 0) {
    process.once('exit', () => ending.forEach(askToEndOwn));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
      });
  }
  ending.add(instance);
}

const ending = new Set<string>();

function askToEndOwn(instance: string): void {
  const own = ownParts(instance);
  const options = { instance, ports: {}, elsewhere: {}, report: () => {} };
  const containers = own.filter(([, { container }]) => container === true).map(([part]) => part);
  if (containers.length > 0) dockerPlatform(options).askToEnd(containers);
  nativePlatform(options).askToEnd(own.map(([part]) => part));
}

function ownParts(instance: string): [Part, PartState][] {
  const self = thisProcess();
  return PARTS.flatMap((part): [Part, PartState][] => {
    const known = readState(instance)[part];
    return known?.owner?.pid === self.pid && known.owner.startedAt === self.startedAt ? [[part, known]] : [];
  });
}
