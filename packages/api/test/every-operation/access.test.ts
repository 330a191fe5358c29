import { createLedger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { read, rowsOf, wordOf } from '../../../../scripts/docs/pages.ts';
import { changeRole } from '../../src/index.ts';
import { type DescribedOperation, fillIn, namesIn, operationsIn } from '../support/operations.ts';
import { openParties, type Parties, type Party, type Reply } from '../support/parties.ts';
import { createThings, type Things, thingsOf } from '../support/things.ts';

const OPERATIONS = operationsIn('production');
const ROLES = ['buyer', 'seller', 'accountant', 'operator'] as const;
type Role = (typeof ROLES)[number];

const TABLE = new Map(
  rowsOf(read('docs/reference/access.md')).map(([name, ...cells]) => [wordOf(name), cells]),
);
const COLUMNS = ['nobody', ...ROLES, 'token'] as const;
const cellOf = ({ name }: DescribedOperation, column: (typeof COLUMNS)[number]) =>
  TABLE.get(name)?.[COLUMNS.indexOf(column)] ?? 'no row';

/** How an answer stands in the table. State may be against it (409), and nobody comes back from a provider here. */
function cellFor({ name }: DescribedOperation, { status, code, text }: Reply): string {
  if (status < 400 || status === 409 || code === 'log_in_state_invalid') return 'yes';
  if (status === 401 || status === 403) return String(status);
  if (status === 404) return 'own';
  throw new Error(`${name} answered ${status}: ${text}`);
}

describe('who may do what', () => {
  let parties: Parties;
  let members: Record<Role, Party>;
  let strangers: { readonly buyer: Party; readonly seller: Party };
  let things: ReturnType<typeof createThings>;
  beforeAll(async () => {
    parties = await openParties();
    const { logInAs, shop } = parties;
    members = {
      buyer: await logInAs('minjun'),
      seller: await logInAs('seller'),
      accountant: await logInAs('accountant'),
      operator: await logInAs('operator'),
    };
    const { memberId } = await logInAs('jiho');
    const context = { knex: shop.database.runtime, clock: () => new Date() };
    const change = { memberId, role: 'seller', sellerId: 3, action: 'granted' } as const;
    await changeRole(context, change, { by: 'test', reason: 'test' });
    strangers = { buyer: await logInAs('seoyeon'), seller: await logInAs('jiho') };
    things = createThings(parties, { operator: members.operator, customer: strangers.buyer });
    const ledger = await createLedger({ knex: shop.database.runtime, name: 'kimchi-mall' });
    const accounts = [1, 3].map((id) => `liabilities:sellers:${id}:pending`);
    await ledger.openAccounts(accounts.map((code) => ({ code, type: 'liability', currency: 'KRW' })));
    await parties.pay(members.buyer, [1]);
    const run = await parties.ask(members.operator.session, 'POST', '/api/relay/replays', { from: '1' });
    expect(run.result.runId).toBe(1);
  });
  afterAll(() => parties.close());

  /** Another seller's for what is a seller's, another buyer's for the rest. */
  function strangersFor({ path }: DescribedOperation, role: Role): Things {
    const isSellers = role === 'seller' && /sellers|webhook-endpoints|accounts/.test(path);
    return thingsOf(isSellers ? strangers.seller : strangers.buyer, 3);
  }

  describe.each(ROLES)('%s', (role) => {
    const permitted = OPERATIONS.filter((one) => /yes|own/.test(cellOf(one, role)));

    it.each(OPERATIONS)('$name', async (operation) => {
      // Who logs out has to come again.
      const isLast = operation.name === 'POST /api/log-out';
      const party = isLast ? await parties.logInAs('minjun') : members[role];
      const own = await things.askFor(operation, party.session, thingsOf(party, 1));
      expect(cellFor(operation, own)).toBe(cellOf(operation, role).replace('own', 'yes'));
      if (own.status === 403) expect(own.code).toBe('role_missing');
    });

    it.each(permitted)('$name, of what is another’s', async (operation) => {
      if (!things.namesThings(operation)) return;
      const others = await things.askFor(operation, members[role].session, strangersFor(operation, role));
      expect(cellFor(operation, others)).toBe(cellOf(operation, role));
      if (others.status === 404) expect(others.result).toBeUndefined();
    });
  });

  const nested = ROLES.flatMap((role) =>
    OPERATIONS.filter((one) => namesIn(one.path).length > 1 && /yes|own/.test(cellOf(one, role)))
      .filter(({ path }) => !path.startsWith('/api/members/'))
      .map((operation) => ({ role, name: operation.name, operation })),
  );
  it.each(nested)('$role: $name, of what is another’s by way of one’s own', async ({ role, operation }) => {
    const party = members[role];
    const [own, theirs] = [thingsOf(party, 1), strangersFor(operation, role)];
    expect((await things.askFor(operation, party.session, own, theirs)).status).toBe(404);
  });

  it.each(OPERATIONS)('nobody: $name', async (operation) => {
    const reply = await things.askFor(operation, {}, thingsOf(members.buyer, 1));
    expect(cellFor(operation, reply)).toBe(cellOf(operation, 'nobody').replace('own', 'yes'));
    if (reply.status === 401) expect(reply.code).toBe('credentials_missing');
  });

  it.each(OPERATIONS)('by a token: $name', async (operation) => {
    const party = members[ROLES.find((role) => cellOf(operation, role) !== '403') ?? 'operator'];
    const reply = await things.askFor(operation, party.token, thingsOf(party, 1));
    expect(cellFor(operation, reply)).toBe(cellOf(operation, 'token'));
    if (reply.status === 403) expect(reply.code).toBe('session_required');
  });

  it.each(OPERATIONS.filter(({ method }) => method === 'GET'))(
    'nothing that is a stranger’s is in what others read: $name',
    async (operation) => {
      const theirs = [thingsOf(strangers.buyer, 3), thingsOf(strangers.seller, 3)];
      for (const one of theirs) await things.makeSome(one);
      const marks = theirs.flatMap((one) => one.marks);
      expect(marks).toHaveLength(6);
      for (const role of ['buyer', 'seller'] as const) {
        const { text } = await things.askFor(operation, members[role].session, thingsOf(members[role], 1));
        expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
      }
    },
  );

  describe('credentials that are good no more', () => {
    const asksWho = OPERATIONS.filter(({ operation }) => (operation['security'] as unknown[]).length > 0);
    const anyPath = ({ path }: DescribedOperation) => fillIn(path, () => '1');
    let gone: Readonly<Record<string, Readonly<Record<string, string>>>>;
    beforeAll(async () => {
      const { admin } = parties.shop.database;
      const loggedOut = await parties.logInAs('minjun');
      const late = await parties.logInAs('jiho');
      const expired = await parties.logInAs('operator');
      const revoked = await parties.logInAs('operator');
      await parties.ask(loggedOut.session, 'POST', '/api/log-out');
      await admin.raw(
        'UPDATE sessions SET expires_at = NOW(6) WHERE member_id = ? ORDER BY created_at DESC LIMIT 1',
        [late.memberId],
      );
      const [[{ newest }]] = await admin.raw('SELECT MAX(token_id) AS newest FROM api_tokens');
      await parties.ask(revoked.session, 'DELETE', `/api/me/tokens/${newest}`);
      await admin.raw('UPDATE api_tokens SET expires_at = NOW(6) WHERE token_id = ?', [newest - 1]);
      gone = {
        'a session that was logged out': loggedOut.session,
        'a session that has expired': late.session,
        'a session that was made up': { Cookie: `__Host-jangbu-session=${'A'.repeat(43)}` },
        'a token that was revoked': revoked.token,
        'a token that has expired': expired.token,
        'a token that was made up': { Authorization: `Bearer jbt_${'A'.repeat(43)}` },
      };
    });

    it.each(asksWho)('are refused: $name', async (operation) => {
      for (const [what, credentials] of Object.entries(gone)) {
        const { status, code } = await parties.ask(credentials, operation.method, anyPath(operation));
        expect({ what, status, code }).toEqual({ what, status: 401, code: 'credentials_invalid' });
      }
    });

    it.each(asksWho.filter(({ method }) => method !== 'GET'))(
      'nor is a session without its token, or on another site’s behalf: $name',
      async (operation) => {
        const { session } = members.operator;
        const { 'X-CSRF-Token': another = '' } = members.buyer.session;
        const forged = [
          { Cookie: session['Cookie'] ?? '' },
          { ...session, 'X-CSRF-Token': 'x' },
          { ...session, 'X-CSRF-Token': another },
          { ...session, Origin: 'https://evil.example' },
          { ...session, 'Sec-Fetch-Site': 'cross-site' },
        ];
        for (const headers of forged) {
          const { status, code } = await parties.ask(headers, operation.method, anyPath(operation));
          expect({ headers, status, code }).toEqual({ headers, status: 403, code: 'request_forged' });
        }
      },
    );
  });
});
