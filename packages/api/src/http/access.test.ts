import { describe, expect, it } from '@jest/globals';
import { type Access, assertAccess } from './access.ts';
import type { Caller } from './caller.ts';

const BUYER: Caller = { memberId: 7, roles: ['buyer'] };
const OPERATOR: Caller = { memberId: 8, roles: ['buyer', 'operator'] };

describe('assertAccess', () => {
  it.each<[Access, Caller | undefined, string | undefined]>([
    ['anyone', undefined, undefined],
    ['guests', undefined, undefined],
    ['guests', BUYER, undefined],
    ['known', undefined, 'credentials_missing'],
    ['known', { memberId: 9, roles: [] }, undefined],
    [['operator'], undefined, 'credentials_missing'],
    [['operator'], BUYER, 'role_missing'],
    [['accountant', 'operator'], OPERATOR, undefined],
  ])('to %j, for %j: %s', (access, caller, code) => {
    const asked = () => assertAccess(access, caller);
    if (code === undefined) expect(asked).not.toThrow();
    else expect(asked).toThrow(expect.objectContaining({ code }));
  });
});
