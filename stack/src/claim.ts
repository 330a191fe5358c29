import { isRunning, type ProcessIdentity, thisProcess } from './processes.ts';

/**
 * What a server that runs already is to a process that wants it:
 * `shared` is there for it to use and for others to end; `orphan` was to end with a process that is gone, and is taken over;
 * `foreign` ends when another process does, so it is no server to build on.
 */
export type Claim = 'shared' | 'orphan' | 'foreign';

export interface Claimant {
  readonly self: ProcessIdentity;
  /** A test worker's servers are its parent's, which outlives it. */
  readonly parentPid: number;
  readonly isRunning: (identity: ProcessIdentity) => boolean;
}

/** @param owner the process that the server ends with; undefined when it outlives whoever started it */
export function claimOn(owner: ProcessIdentity | undefined, { self, parentPid, isRunning }: Claimant): Claim {
  if (owner === undefined || owner.pid === self.pid) return 'shared';
  if (!isRunning(owner)) return 'orphan';
  return owner.pid === parentPid ? 'shared' : 'foreign';
}

/** The servers are there, and another process's: no other way of starting them is tried. */
export class ForeignServerError extends Error {}

/** @throws ForeignServerError when the server called `name` is another running process's */
export function claimOrRefuse(name: string, owner: ProcessIdentity | undefined): Claim {
  const claim = claimOn(owner, { self: thisProcess(), parentPid: process.ppid, isRunning });
  if (claim !== 'foreign') return claim;
  throw new ForeignServerError(
    `${name} belongs to process ${owner?.pid}, which still runs, and would end with it; end that one first`,
  );
}
