import { claimOrRefuse } from '../claim.ts';
import { answers, untilItAnswers } from '../health.ts';
import { addressOf, PARTS, type Part } from '../parts.ts';
import type { Platform, PlatformOptions } from '../platform.ts';
import { choosePort } from '../ports.ts';
import { readState, type StackState, writeState } from '../state.ts';
import { askCompose, compose } from './compose.ts';

const PORT_VARIABLES: Readonly<Record<Part, string>> = {
  mysql: 'JANGBU_MYSQL_PORT',
  kafka: 'JANGBU_KAFKA_PORT',
  connect: 'JANGBU_CONNECT_PORT',
};
/** What docker-compose.yml calls them inside its network. */
export const SEEN_BY_CONNECT = { mysql: 'mysql:3306', kafka: 'kafka:19092' };
/** Images may have to be fetched, and Connect's made. */
const START_TIMEOUT_MS = 900_000;

/** The servers of docker-compose.yml, reached on this machine's loopback interface. */
export function dockerPlatform({ instance, owner, ports, elsewhere, report }: PlatformOptions): Platform {
  /** What an earlier run left and still answers; says whether it is this one's to end. */
  async function adopt(part: Part): Promise<'shared' | 'orphan' | 'missing'> {
    const before = readState(instance)[part];
    if (before?.container !== true || !(await answers(part, addressOf(part, before.port)))) return 'missing';
    const claim = claimOrRefuse(`${part} of ${instance}`, before.owner);
    if (claim === 'orphan') remember(part, before.port);
    return claim === 'orphan' ? 'orphan' : 'shared';
  }

  function remember(part: Part, port: number): void {
    const known = { port, container: true, ...(owner && { owner }) };
    writeState(instance, { ...readState(instance), [part]: known });
  }

  async function startMissing(missing: readonly Part[]): Promise<void> {
    for (const part of missing)
      remember(part, await choosePort([readState(instance)[part]?.port, ports[part]]));
    report('Starting containers; what they need is fetched once…');
    const startedAt = Date.now();
    await compose(instance, ['up', '--detach', '--wait', '--quiet-pull', ...missing], {
      env: composeVariables(readState(instance)),
      timeoutMs: START_TIMEOUT_MS,
    });
    for (const part of missing) {
      const port = readState(instance)[part]?.port ?? 0;
      await untilItAnswers(part, addressOf(part, port), { timeoutMs: 30_000, isAlive: () => true });
      report(`${part} is up on port ${port} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    }
  }

  return {
    name: 'docker',
    async start(parts) {
      assertWhole(parts, elsewhere);
      const claims = await Promise.all(parts.map(async (part) => ({ part, claim: await adopt(part) })));
      const missing = claims.filter(({ claim }) => claim === 'missing').map(({ part }) => part);
      const started = claims.filter(({ claim }) => claim !== 'shared').map(({ part }) => part);
      try {
        if (missing.length > 0) await startMissing(missing);
      } catch (error) {
        await stopContainers(instance, missing).catch(() => {});
        throw error;
      }
      const state = readState(instance);
      const addresses = parts.map((part) => [part, addressOf(part, state[part]?.port ?? 0)]);
      return { addresses: Object.fromEntries(addresses), started, seenByConnect: SEEN_BY_CONNECT };
    },
    async stop(parts) {
      await stopContainers(instance, parts);
      const state = readState(instance);
      const disowned = parts.map((part) => [part, { port: state[part]?.port ?? 0, container: true }]);
      writeState(instance, { ...state, ...Object.fromEntries(disowned) });
    },
    async kill(part) {
      await compose(instance, ['kill', part]);
    },
    askToEnd(parts) {
      askCompose(instance, ['stop', ...parts]);
    },
  };
}

export async function stopContainers(instance: string, parts: readonly Part[]): Promise<void> {
  if (parts.length > 0) await compose(instance, ['stop', ...parts]);
}

/** What docker-compose.yml leaves open: ports, and that the administrator needs no password, as natively. */
export function composeVariables(state: StackState): Record<string, string> {
  const variables: Record<string, string> = { JANGBU_MYSQL_ROOT_PASSWORD: '' };
  for (const part of PARTS) {
    const port = state[part]?.port;
    if (port !== undefined) variables[PORT_VARIABLES[part]] = String(port);
  }
  return variables;
}

/** @throws Error when a container would have to reach a server outside, whose address may mean something else in there */
export function assertWhole(parts: readonly Part[], elsewhere: Partial<Record<Part, string>>): void {
  const outside = PARTS.filter((part) => elsewhere[part] !== undefined);
  if (parts.includes('connect') && outside.length > 0)
    throw new Error(`Connect would run in a container, and ${outside.join(' and ')} outside`);
}
