import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { createLedger } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop, type Shop } from '../../packages/api/test/support/shop.ts';
import { filesBelow, ROOT } from '../docs/pages.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const EXAMPLES = filesBelow('examples', (path) => path.endsWith('.ts'));

/** Each example prints what its committed output says, the first time and every time after. */
describe('examples', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let shop: Shop;
  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({ environment: { SANDBOX_URL: sandbox.url } });
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
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

  it.each(EXAMPLES)('%s', async (path) => {
    const expected = readFileSync(`${ROOT}/${path.replace(/\.ts$/, '.out')}`, 'utf8');
    expect(await run(path)).toBe(expected);
    expect(await run(path)).toBe(expected);
  });

  /** While it runs, this process answers for the API. */
  async function run(path: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', path],
      {
        cwd: ROOT,
        env: { ...process.env, NO_COLOR: '1', DATABASE_URL: database.adminUrl, API_URL: shop.api.url },
      },
    );
    return stdout;
  }
});
