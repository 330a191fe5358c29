import { ShopError } from '../../src/errors.ts';
import type { Credentials, Role } from '../../src/index.ts';

/** The header says who calls: a role and a member's number. The seller sells as seller 1. */
export const byHeader: Credentials = {
  readCaller(request) {
    const [role = 'nobody', memberId] = (request.get('X-Test-Caller') ?? '').split(' ');
    if (role === 'bad') throw new ShopError('credentials_invalid', 'This token is not good.');
    if (memberId === undefined) return undefined;
    const roles = ['buyer', role] as Role[];
    return { memberId: Number(memberId), roles, sellerId: role === 'seller' ? 1 : undefined };
  },
};
