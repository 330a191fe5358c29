import { describe, expect, it } from '@jest/globals';
import { readPrepareConfig } from './prepare-config.ts';

const ADMIN_DATABASE_URL = 'mysql://root:se%40cret@db:3307/mall';

describe('readPrepareConfig', () => {
  it('takes the server, the database and the passwords, and loads the sample shop in sandbox mode', () => {
    expect(readPrepareConfig({ ADMIN_DATABASE_URL, JANGBU_RUNTIME_PASSWORD: 'a' })).toEqual({
      serverUrl: 'mysql://root:se%40cret@db:3307/',
      name: 'mall',
      passwords: { runtime: 'a', replication: 'sandbox' },
      loadsSampleData: true,
    });
  });

  it('makes the usual database where none is named', () => {
    expect(readPrepareConfig({ ADMIN_DATABASE_URL: 'mysql://root@db' }).name).toBe('jangbu');
  });

  it('has neither sample data nor sandbox passwords in production', () => {
    const passwords = { JANGBU_RUNTIME_PASSWORD: 'a', JANGBU_REPLICATION_PASSWORD: 'b' };
    const production = { JANGBU_MODE: 'production', ADMIN_DATABASE_URL };
    expect(readPrepareConfig({ ...production, ...passwords }).loadsSampleData).toBe(false);
    expect(() => readPrepareConfig(production)).toThrow(
      /JANGBU_RUNTIME_PASSWORD: must be set[\s\S]*JANGBU_REPLICATION_PASSWORD: must be set/,
    );
  });

  it('takes a mode that is misspelt for production, not for the sandbox', () => {
    expect(() => readPrepareConfig({ JANGBU_MODE: 'prod', ADMIN_DATABASE_URL })).toThrow(/must be set/);
  });

  it.each([undefined, '', 'secret', 'postgres://u:secret@h'])(
    'refuses the address %j, unrepeated',
    (address) => {
      const read = () => readPrepareConfig({ ADMIN_DATABASE_URL: address });
      expect(read).toThrow(/ADMIN_DATABASE_URL: must be such as mysql:/);
      expect(read).not.toThrow(/secret/);
    },
  );
});
