import type { Request } from 'express';

export const ROLES = ['buyer', 'seller', 'accountant', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** On whose behalf a request is made. */
export interface Caller {
  readonly memberId: number;
  readonly roles: readonly Role[];
  /** The seller that this member sells as, where it is one. */
  readonly sellerId?: number | undefined;
}

/** Tells who calls: the seam behind which sessions and bearer tokens stand. */
export interface Credentials {
  /**
   * Undefined where the request carries no credentials. A session in a cookie has to guard against forged requests here.
   * @throws ShopError `credentials_invalid` where it carries some that are not, or no longer, good
   */
  readCaller(request: Request): Promise<Caller | undefined> | Caller | undefined;
}

/** Knows nobody. */
export const NO_CREDENTIALS: Credentials = { readCaller: () => undefined };

/** In the sandbox a caller without credentials is member 1 with every role, so that the first curl works. */
export function inSandbox(credentials: Credentials): Credentials {
  const member1: Caller = { memberId: 1, roles: ROLES };
  return {
    async readCaller(request) {
      return (await credentials.readCaller(request)) ?? member1;
    },
  };
}

export function hasRole(caller: Caller, ...roles: readonly Role[]): boolean {
  return roles.some((role) => caller.roles.includes(role));
}
