import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkShop, loadSampleData, SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '@jangbu/api';
import { createLedger } from '@jangbu/ledger-core';
import { choosePort, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../system/service.ts';
import { planServices } from '../system/services.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const SCRIPT = resolve(import.meta.dirname, '..', 'demo.ts');

/** The demo as its user runs it, against real processes. */
describe('npm run demo', () => {
  let database: TestDatabase;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-demo-'));
  const services: Service[] = [];

  beforeAll(async () => {
    const { addresses } = await startStack({ instance: 'test', parts: ['mysql'] });
    database = await createTestDatabase({ groups: SHOP_MIGRATIONS, privileges: SHOP_PRIVILEGES });
    await loadSampleData(database.admin, new Date());
    const ports = {
      api: await choosePort([]),
      relay: await choosePort([]),
      sandbox: await choosePort([]),
    };
    const plans = planServices({ database, addresses, source: 'embedded', ports, folder });
    services.push(...(await Promise.all(Object.values(plans).map(startService))));
    url = `http://127.0.0.1:${ports.api}`;
  }, 60_000);

  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    const ledger = await createLedger({ knex: database.admin, name: 'kimchi-mall' });
    const verification = await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] });
    await database.drop();
    rmSync(folder, { recursive: true });
    expect(verification.findings).toEqual([]);
  });

  it('walks a payment to the sellers’ wallets, step by step', async () => {
    const { code, out } = await demo('--url', url);
    expect(code).toBe(0);
    expect(out).toMatch(/check-out .*order[\s\S]*confirm .*done[\s\S]*outbox .*PaymentConfirmed 1/);
    expect(out).toMatch(
      /relay .*straight from MySQL[\s\S]*journal .*ent_[\s\S]*liabilities:sellers:1:pending +25,515/,
    );
    expect(out).toMatch(/seller 2: pending 0 → 10,395[\s\S]*debit balances 38,000 = credit balances 38,000/);
  });

  it('tells the same as JSON', async () => {
    const { code, out } = await demo('--url', url, '--json');
    const walked = JSON.parse(out);
    expect({ code, checks: Object.values(walked.checks) }).toEqual({
      code: 0,
      checks: [true, true, true, true],
    });
    expect(walked.steps.map(({ step }: { step: string }) => step)).toEqual([
      'check-out',
      'confirm',
      'outbox',
      'relay',
      'journal',
      'wallets',
      'trial balance',
    ]);
  });

  it('says what to do when nothing answers, without a stack trace', async () => {
    const { code, err } = await demo('--url', `http://127.0.0.1:${await choosePort([])}`);
    expect(code).toBe(2);
    expect(err).toMatch(/^No Jangbu answers at .*\nStart it in another terminal: npm start\n/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  function demo(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, ...args], {
      env: { ...process.env, DATABASE_URL: database.adminUrl },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    return new Promise((ended) => child.once('close', (code) => ended({ code, out, err })));
  }
});
