import { describe, expect, it } from '@jest/globals';
import { findDatabaseUrl, withDatabase } from './find-database.ts';

describe('withDatabase', () => {
  it('keeps the database that is named', () => {
    expect(withDatabase('mysql://app:pw@db:3307/mall')).toBe('mysql://app:pw@db:3307/mall');
  });

  it.each(['mysql://root@db:3306', 'mysql://root@db:3306/'])(
    'takes the one of npm start on %s',
    (address) => {
      expect(withDatabase(address)).toBe('mysql://root@db:3306/jangbu');
    },
  );

  it.each(['postgres://u:secret@h/d', 'db:3306', 'nonsense'])(
    'refuses %s without repeating it',
    (address) => {
      expect(() => withDatabase(address)).toThrow(/^DATABASE_URL must be such as mysql:/);
      expect(() => withDatabase(address)).not.toThrow(/secret/);
    },
  );
});

describe('findDatabaseUrl', () => {
  it('takes what the environment names', async () => {
    expect(await findDatabaseUrl('mysql://app@db/mall')).toBe('mysql://app@db/mall');
  });
});
