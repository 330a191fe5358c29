import { describe, expect, it } from '@jest/globals';
import { isConnectionLoss } from './mysql-errors.ts';

describe('isConnectionLoss', () => {
  it.each([
    ['nobody listens', { code: 'ECONNREFUSED', errno: -111, fatal: true }, true],
    ['the server is gone', { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, true],
    ['a command comes after the connection was closed', { fatal: true }, true],
    ['no connection of the pool became free', { name: 'KnexTimeoutError' }, true],
    ['the password is wrong', { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, fatal: true }, false],
    ['a key is there already', { code: 'ER_DUP_ENTRY', errno: 1062 }, false],
    ['it is no error of the driver', new TypeError('x is not a function'), false],
    ['it is nothing', undefined, false],
  ])('%s: %j is %s', (_when, error, expected) => {
    expect(isConnectionLoss(error)).toBe(expected);
  });
});
