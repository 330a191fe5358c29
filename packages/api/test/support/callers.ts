import type { Caller, Credentials, Role } from '../../src/http/caller.ts';

/** Takes `X-Caller: seller 3` for seller 3 (who is member 3 as well), and `X-Caller: buyer 5` for member 5, at their word. */
export const callingAs: Credentials = {
  readCaller(request): Caller | undefined {
    const [role, id] = (request.get('X-Caller') ?? '').split(' ');
    if (role === undefined || id === undefined) return undefined;
    const caller = { memberId: Number(id), roles: ['buyer', role] as Role[] };
    return role === 'seller' ? { ...caller, sellerId: Number(id) } : caller;
  },
};
