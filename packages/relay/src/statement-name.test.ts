import { describe, expect, it } from '@jest/globals';
import { nameStatement } from './statement-name.ts';

describe('nameStatement', () => {
  it.each([
    ['SELECT event_id FROM inbox WHERE ledger_id = ?', 'SELECT inbox'],
    ['INSERT INTO consumer_offsets (a) VALUES ? ON DUPLICATE KEY UPDATE a = 1', 'INSERT consumer_offsets'],
    ['UPDATE consumer_offsets SET life = ?', 'UPDATE consumer_offsets'],
    ['DELETE FROM event_attempts WHERE ledger_id = ?', 'DELETE event_attempts'],
    ['BEGIN;', 'BEGIN'],
    ['COMMIT;', 'COMMIT'],
    ['SET TRANSACTION ISOLATION LEVEL read committed;', 'SET'],
    ["SELECT GET_LOCK('x', 1) AS answer", 'SELECT'],
  ])('calls %s %s', (sql, name) => {
    expect(nameStatement(sql)).toBe(name);
  });
});
