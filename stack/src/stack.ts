import { dockerPlatform } from './docker/docker-platform.ts';
import { partsElsewhere, preferredPorts } from './environment.ts';
import { exclusively } from './exclusive.ts';
import { instanceFolder } from './folders.ts';
import { answers } from './health.ts';
import { addressOf, type NativeOptions, nativePlatform } from './native/native-platform.ts';
import { isPart, type Part, type StackAddresses } from './parts.ts';
import { type Platform, type PlatformName, toStackAddresses } from './platform.ts';
import { isRunning, thisProcess } from './processes.ts';
import { readState } from './state.ts';

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
      const { platform, addresses, started } = await startMissing(
        { instance, owner, elsewhere, report },
        missing,
      );
      // Whoever starts it again meanwhile waits until it has ended, instead of building on a server that is about to.
      const stop = () => exclusively(instanceFolder(instance), () => platform.stop(started), report);
      if (!detached && started.length > 0) endWithOwner(instance, started);
      return {
        instance,
        platform: missing.length === 0 ? 'environment' : platform.name,
        addresses: toStackAddresses({ ...addresses, ...elsewhere }),
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

async function startMissing(place: Omit<NativeOptions, 'ports'>, missing: readonly Part[]) {
  const options = { ...place, ports: preferredPorts(place.instance, process.env) };
  const docker = missing.length === 0 ? undefined : await dockerPlatform(options);
  const reasons: string[] = [];
  for (const platform of [docker, nativePlatform(options)]) {
    if (platform === undefined) continue;
    try {
      return { platform, ...(await platform.start(missing)) };
    } catch (error) {
      reasons.push(`${platform.name}: ${(error as Error).message}`);
    }
  }
  throw new Error(noWay(reasons, docker));
}

function noWay(reasons: readonly string[], docker: Platform | undefined): string {
  return [
    'The servers could not be started.',
    ...(docker === undefined ? ['docker: no engine answers'] : []),
    ...reasons,
    '',
    'Three ways out:',
    '  1. Name servers of your own: DATABASE_URL=mysql://root@host:3306 KAFKA_BROKERS=host:9092 CONNECT_URL=http://host:8083',
    '  2. Start Docker, and let it have the images of docker-compose.yml.',
    '  3. Use a Linux machine with apt, whose sources hold a Debian archive; Java and Maven are fetched where they are missing.',
    '(npm start -- --embedded needs MySQL only.)',
  ].join('\n');
}

/** The last resort, for an owner that ends without calling stop(): its servers are asked to end as it goes. */
function endWithOwner(instance: string, started: readonly Part[]): void {
  process.once('exit', () => {
    const state = readState(instance);
    for (const part of started) {
      const identity = state[part]?.process;
      if (identity !== undefined && isRunning(identity)) process.kill(identity.pid, 'SIGTERM');
    }
  });
}
