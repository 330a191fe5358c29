import { loadSampleData, SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '@jangbu/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { jangbu } from './support/jangbu.ts';

describe('jangbu members', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ groups: SHOP_MIGRATIONS, privileges: SHOP_PRIVILEGES });
    await loadSampleData(database.admin, new Date());
  });
  afterAll(() => database.drop());
  const members = (...args: string[]) => jangbu(database.runtimeUrl, ['members', ...args]);

  it('makes the first operator, on record, and with what the application itself may do', async () => {
    expect(members('grant', '7', 'operator', '--reason', 'first', '--by', 'root')).toMatchObject({
      status: 0,
      stdout: 'Member 7, 회원 7: buyer, operator\n',
    });
    const [rows] = await database.admin.raw('SELECT action, decided_by, reason FROM member_role_changes');
    expect(rows).toEqual([{ action: 'granted', decided_by: 'root', reason: 'first' }]);
    expect(members('revoke', '7', 'operator', '--reason', 'left').stdout).toBe('Member 7, 회원 7: buyer\n');
  });

  it('makes somebody a seller of one seller', () => {
    members('grant', '8', 'seller', '--seller', '2', '--reason', 'contract');
    const shown = JSON.parse(members('show', '8', '--json').stdout);
    expect(shown).toMatchObject({ memberId: 8, roles: [{ role: 'seller', sellerId: 2 }] });
  });

  it.each([
    [['grant', '7', 'admin', '--reason', 'x'], 'There is no role admin'],
    [['grant', '7', 'buyer', '--reason', 'x'], 'There is no role buyer'],
    [['grant', '7', 'seller', '--reason', 'x'], 'says which seller'],
    [['grant', '7', 'operator', '--seller', '1', '--reason', 'x'], 'says which seller'],
    [['grant', '7', 'seller', '--seller', '99', '--reason', 'x'], 'no seller 99'],
    [['grant', '99999', 'operator', '--reason', 'x'], 'no member 99999'],
    [['show', '99999'], 'no member 99999'],
    [['show', 'x'], 'x is no number'],
    [['grant', '7', 'operator'], '--reason'],
  ])('refuses %j', (args, said) => {
    const { status, stderr } = members(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});
