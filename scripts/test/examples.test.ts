import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createLedger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filesBelow, ROOT } from '../docs/pages.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const EXAMPLES = filesBelow('examples', (path) => path.endsWith('.ts'));

/** Each example prints what its committed output says, the first time and every time after. */
describe('examples', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    const findings: unknown[] = [];
    for (const name of await database.admin('ledgers').pluck('name')) {
      const ledger = await createLedger({ knex: database.admin, name, mustExist: true });
      // They share an outbox, and each event is one ledger's; which consumer reads for it, its offsets tell.
      const [consumer] = await database
        .admin('consumer_offsets')
        .where({ ledger_id: ledger.ledgerId })
        .pluck('consumer');
      const options = consumer === undefined ? {} : { consumer, lagAllowanceMs: 0 };
      findings.push(...(await ledger.verify(options)).findings);
    }
    await database.drop();
    expect(findings).toEqual([]);
  });

  it.each(EXAMPLES)('%s', (path) => {
    const expected = readFileSync(`${ROOT}/${path.replace(/\.ts$/, '.out')}`, 'utf8');
    expect(run(path)).toBe(expected);
    expect(run(path)).toBe(expected);
  });

  function run(path: string): string {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', path],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', DATABASE_URL: database.adminUrl },
      },
    );
    if (status !== 0) throw new Error(`${path} ended with ${status}:\n${stderr}`);
    return stdout;
  }
});
