import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { runningSandbox } from './running-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
const stateFile = join(folder, 'toss', 'payments.jsonl');
beforeEach(() => rmSync(join(folder, 'toss'), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));
const sandbox = runningSandbox({ stateFile });

it('remembers its payments through a restart, as they were', async () => {
  await sandbox.open();
  await sandbox.confirm();
  await sandbox.post('/v1/payments/key-1/cancel', { cancelReason: '변심', cancelAmount: 1_000 });
  await sandbox.open({ paymentKey: 'key-2', orderId: 'kimchi-2', refuseWith: 'REJECT_CARD_COMPANY' });
  await sandbox.confirm({}, { paymentKey: 'key-2', orderId: 'kimchi-2' });
  const before = await sandbox.get('/sandbox/toss/payments');
  await sandbox.restart();
  expect(await sandbox.get('/sandbox/toss/payments')).toEqual(before);
  expect(before.body['payments']).toHaveLength(2);
});

it('has an approval in the file before it is answered', async () => {
  await sandbox.open();
  await sandbox.confirm();
  expect(readFileSync(stateFile, 'utf8')).toMatch(/"kind":"approved","paymentKey":"key-1"/);
});

it('cuts off a last line that a crash cut short, and goes on after it', async () => {
  await sandbox.open();
  appendFileSync(stateFile, '{"kind":"approved","payme');
  await sandbox.restart();
  expect(await sandbox.confirm()).toMatchObject({ status: 200 });
  await sandbox.restart();
  expect(await sandbox.get('/v1/payments/key-1')).toMatchObject({ body: { status: 'DONE' } });
});
