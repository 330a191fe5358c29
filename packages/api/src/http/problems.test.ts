import { LedgerError } from '@jangbu/ledger-core';
import { describe, expect, it } from '@jest/globals';
import { ShopError } from '../errors.ts';
import { PROBLEMS } from './problem-table.ts';
import { toProblem } from './problems.ts';

describe('toProblem', () => {
  it('gives the members of RFC 9457, the code and the details', () => {
    const error = new ShopError('order_unknown', 'There is no order x.', { orderId: 'x' });
    expect(toProblem(error, 'request-1')).toEqual({
      status: 404,
      headers: {},
      body: {
        type: '/problems/order_unknown',
        title: 'No such order',
        status: 404,
        detail: 'There is no order x.',
        instance: 'request-1',
        code: 'order_unknown',
        orderId: 'x',
      },
    });
  });

  it('lets no detail take the place of a standard member', () => {
    const problem = toProblem(new ShopError('order_unknown', 'No.', { status: 200, code: 'fine' }), 'r');
    expect(problem.body).toMatchObject({ status: 404, code: 'order_unknown' });
  });

  it('maps what the ledger throws', () => {
    const error = new LedgerError('day_malformed', 'Not a day.', { day: 'x' });
    expect(toProblem(error, 'r').body).toMatchObject({ status: 400, code: 'day_malformed', day: 'x' });
  });

  it('tells nothing of an error that nobody foresaw', () => {
    const error = Object.assign(new Error("select 'secret'"), { errno: 1064, sql: 'secret' });
    const { status, body } = toProblem(error, 'r');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('calls a lost database unreachable, and says when to come back', () => {
    const problem = toProblem(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'r');
    expect(problem).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
    expect(problem.body.code).toBe('database_unreachable');
  });

  it.each([
    ['a lock that was waited for too long', 1205, 'database_busy'],
    ['a deadlock', 1213, 'database_busy'],
    ['a server that takes no writes', 1290, 'database_read_only'],
    ['a full disk', 1114, 'database_full'],
  ])('says of %s that trying again makes sense', (_name, errno, code) => {
    const problem = toProblem(Object.assign(new Error('x'), { errno }), 'r');
    expect(problem).toMatchObject({ status: 503, body: { code } });
  });

  it.each([
    ['entity.too.large', 413, 'body_too_large'],
    ['entity.parse.failed', 400, 'json_malformed'],
    ['charset.unsupported', 415, 'media_type_unsupported'],
    ['request.aborted', 400, 'request_invalid'],
  ])('maps the body parser’s %s', (type, status, code) => {
    const problem = toProblem(Object.assign(new Error('x'), { type, status: 400 }), 'r');
    expect(problem).toMatchObject({ status, body: { code } });
  });

  it('names what is allowed where a method is not', () => {
    const problem = toProblem(new ShopError('method_not_allowed', 'No.', { allow: 'POST' }), 'r');
    expect(problem.headers).toEqual({ Allow: 'POST' });
  });
});

describe('PROBLEMS', () => {
  it.each(Object.entries(PROBLEMS))('%s has a status of an error and a title', (_code, { status, title }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).not.toBe('');
  });
});
