import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from './log-secrets.ts';

describe('withoutSecrets', () => {
  it('hides what opens an account or says who somebody is, however deep and however written', () => {
    const headers = { authorization: 'S1', Cookie: 'S2', 'set-cookie': ['S3'], 'X-CSRF-Token': 'S4' };
    const line = withoutSecrets({
      headers,
      request: { headers, query: { code: 'kept' } },
      token: 'S5',
      members: [{ name: 'S6', email: 'S7' }, { phone: 'S8' }],
      session: { accessToken: 'S9', clientSecret: 'S10' },
      deep: { a: { b: { c: { d: { token: 'S11' } } } } },
      orderId: 'order-1',
    });
    expect(JSON.stringify(line)).not.toMatch(/S\d/);
    expect(line).toMatchObject({ orderId: 'order-1', request: { query: { code: 'kept' } } });
  });

  it('leaves a line alone that has none, errors included', () => {
    const line = { method: 'GET', status: 200, err: new Error('x'), counts: { applied: 3 } };
    expect(withoutSecrets(line)).toBe(line);
  });

  it('changes nothing of what it was given', () => {
    const given = { session: { token: 'S1' } };
    withoutSecrets(given);
    expect(given).toEqual({ session: { token: 'S1' } });
  });
});
