import type { Request } from 'express';
import { ShopError } from '../errors.ts';

export const ROLES = ['buyer', 'seller', 'accountant', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** On whose behalf a request is made. */
export interface Caller {
  readonly memberId: number;
  readonly roles: readonly Role[];
  /** The seller that this member sells as, where it is one. */
  readonly sellerId?: number | undefined;
  /** How the caller is known; `sandbox`: not at all, and the sandbox let them in. */
  readonly by?: 'session' | 'token' | 'sandbox' | undefined;
}

/** Tells who calls: the seam behind which sessions and bearer tokens stand. */
export interface Credentials {
  /**
   * Undefined where the request carries no credentials. A session in a cookie has to guard against forged requests here.
   * @throws ShopError `credentials_invalid` where it carries some that are not, or no longer, good
   */
  readCaller(request: Request): Promise<Caller | undefined> | Caller | undefined;
}

/** In the sandbox a caller without credentials is member 1 with every role, so that the first curl works. */
export function inSandbox(credentials: Credentials): Credentials {
  const member1: Caller = { memberId: 1, roles: ROLES, by: 'sandbox' };
  return {
    async readCaller(request) {
      return (await credentials.readCaller(request)) ?? member1;
    },
  };
}

/**
 * Whether the caller is the sandbox's own member, who may act for others: the load flow pays for whom it likes.
 */
export function isSandboxs(caller: Caller): boolean {
  return caller.by === 'sandbox';
}

/**
 * Some things a member does in person, and no program with a token does them for it.
 * @throws ShopError `session_required`
 */
export function assertInPerson(caller: Caller): void {
  if (caller.by !== 'token') return;
  throw new ShopError('session_required', 'Log in with a browser to do this; a token is not enough.');
}

export function hasRole(caller: Caller, ...roles: readonly Role[]): boolean {
  return roles.some((role) => caller.roles.includes(role));
}
