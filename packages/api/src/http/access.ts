import { ShopError } from '../errors.ts';
import { type Caller, hasRole, type Role } from './caller.ts';

/**
 * Who may call a route. `anyone`: credentials are not even read. `guests`: anybody, and the handler is told who calls where that
 * is known. `known`: whoever is logged in. Else one of these roles.
 */
export type Access = 'anyone' | 'guests' | 'known' | readonly [Role, ...Role[]];

/** @throws ShopError `credentials_missing`, `role_missing`, in this precedence */
export function assertAccess(access: Access, caller: Caller | undefined): void {
  if (access === 'anyone' || access === 'guests') return;
  if (caller === undefined) {
    throw new ShopError('credentials_missing', 'Log in first, or send an API token.');
  }
  if (access === 'known' || hasRole(caller, ...access)) return;
  throw new ShopError('role_missing', `This needs the role ${access.join(' or ')}.`, { roles: access });
}
