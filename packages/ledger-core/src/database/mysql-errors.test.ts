import { describe, expect, it } from '@jest/globals';
import { isConnectionLoss, isDueToValues, isFull, isOfDriver, isReadOnly } from './mysql-errors.ts';

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

describe('isDueToValues', () => {
  it.each([
    ['text is too long', { errno: 1406, sqlState: '22001' }, true],
    ['a key is there already', { errno: 1062, sqlState: '23000' }, true],
    ['a trigger refuses', { errno: 1644, sqlState: '45000' }, true],
    ['a check refuses, whose SQLSTATE says nothing', { errno: 3819, sqlState: 'HY000' }, true],
    ['the disk is full', { errno: 1021, sqlState: 'HY000' }, false],
    ['a grant is missing', { errno: 1142, sqlState: '42000' }, false],
    ['a table is missing', { errno: 1146, sqlState: '42S02' }, false],
    ['it lost a deadlock', { errno: 1213, sqlState: '40001' }, false],
    ['it is no error of MySQL’s', new TypeError('x is not a function'), false],
  ])('%s: %j is %s', (_when, error, expected) => {
    expect(isDueToValues(error)).toBe(expected);
  });
});

describe('isReadOnly', () => {
  it.each([
    ['the server is', { errno: 1290 }, true],
    ['the session is', { errno: 1792 }, true],
    ['it is for upkeep', { errno: 1836 }, true],
    ['it is not', { errno: 1062 }, false],
  ])('%s: %j is %s', (_when, error, expected) => {
    expect(isReadOnly(error)).toBe(expected);
  });
});

describe('isFull', () => {
  it.each([
    ['the disk is', { errno: 1021 }, true],
    ['the tablespace is', { errno: 1114 }, true],
    ['it is not', { errno: 1062 }, false],
  ])('%s: %j is %s', (_when, error, expected) => {
    expect(isFull(error)).toBe(expected);
  });
});

describe('isOfDriver', () => {
  it.each([
    ['MySQL gave it', { errno: 1062, code: 'ER_DUP_ENTRY' }, true],
    ['the connection is gone', { code: 'ECONNRESET' }, true],
    ['code failed', new TypeError('x is not a function'), false],
  ])('%s: %j is %s', (_when, error, expected) => {
    expect(isOfDriver(error)).toBe(expected);
  });
});
