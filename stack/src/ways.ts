import type { StackState } from './state.ts';

/** How this machine may run servers itself. */
export type Way = 'docker' | 'native';

/**
 * The ways to try, in order: Docker first, but an instance whose data lies in a native folder stays native, and the reverse, so
 * that an engine that comes or goes does not make yesterday's data vanish.
 * @throws Error when JANGBU_PLATFORM names no way
 */
export function waysToTry(state: StackState, wanted: string | undefined): readonly Way[] {
  if (wanted === 'docker' || wanted === 'native') return [wanted];
  if (wanted !== undefined && wanted !== '')
    throw new Error(`JANGBU_PLATFORM is docker or native, not ${wanted}.`);
  const known = Object.values(state);
  const wasNative = known.length > 0 && known.every(({ container }) => container !== true);
  return wasNative ? ['native', 'docker'] : ['docker', 'native'];
}
