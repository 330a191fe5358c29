import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../http/caller.ts';
import { type Sight, sightOf } from './sight.ts';

const concerned = { payerId: 7, buyerId: 8, sellerIds: ['1', '2'] };

describe('what somebody is shown of a payment', () => {
  it.each<[string, Caller, Sight]>([
    ['who paid', { memberId: 7, roles: ['buyer'] }, 'all'],
    ['who ordered', { memberId: 8, roles: ['buyer'] }, 'all'],
    ['an accountant', { memberId: 9, roles: ['buyer', 'accountant'] }, 'all'],
    ['an operator', { memberId: 9, roles: ['buyer', 'operator'] }, 'all'],
    ['a seller of it', { memberId: 9, roles: ['buyer', 'seller'], sellerId: 2 }, { sellerId: '2' }],
    ['a seller of it who paid', { memberId: 7, roles: ['buyer', 'seller'], sellerId: 2 }, 'all'],
    ['a seller of something else', { memberId: 9, roles: ['buyer', 'seller'], sellerId: 3 }, 'nothing'],
    ['a seller’s token without the role', { memberId: 9, roles: ['buyer'], sellerId: 2 }, 'nothing'],
    ['another member', { memberId: 9, roles: ['buyer'] }, 'nothing'],
  ])('%s', (_name, caller, sight) => {
    expect(sightOf(caller, concerned)).toEqual(sight);
  });
});
