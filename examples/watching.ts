// What happens in the books, turned into a log, metrics and a webhook. A watcher hears it after the commit, in the process where it
// happened, and at most once: what must not be missed is an event in the outbox, written in the same transaction.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLedger, type LedgerNotice, migrate, money, openDatabase, transfer } from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
let now = new Date();
const ledger = await createLedger({ knex, name: 'watched', clock: () => now });
await ledger.openAccounts([
  { code: 'assets:bank', type: 'asset', currency: 'KRW' },
  { code: 'liabilities:gift-cards:7', type: 'liability', currency: 'KRW', floor: 0n },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);

// Somebody else's server, which wants to know of cards that run out.
const received: string[] = [];
const hook = createServer((request, response) => {
  request.on('data', (body) => received.push(`${request.method} ${request.url} ${body}`));
  request.on('end', () => response.end());
}).listen(0, '127.0.0.1');
await once(hook, 'listening');
const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/card-is-empty`;

const counts = new Map<LedgerNotice['type'], number>();
const deliveries: Promise<unknown>[] = [];
const endWatch = ledger.watch((notice) => {
  counts.set(notice.type, (counts.get(notice.type) ?? 0) + 1);
  if (notice.type === 'entry_rejected') console.log('log: an entry was refused,', notice.code);
  if (notice.type === 'hold_expired') console.log('log: a hold has expired');
  if (notice.type === 'limit_reached') {
    const { account, limit } = notice;
    deliveries.push(fetch(hookUrl, { method: 'POST', body: JSON.stringify({ account, limit }) }));
  }
});

const run = randomUUID();
const entry = (name: string, from: string, to: string, won: string) =>
  transfer({ idempotencyKey: `${name}-${run}`, kind: name, from, to, amount: money(won, 'KRW') });
const buy = (name: string, won: string) => entry(name, 'revenue:sales', 'liabilities:gift-cards:7', won);

await ledger.post(entry('top-up', 'liabilities:gift-cards:7', 'assets:bank', '50000'));
await ledger.hold({ ...buy('reservation', '20000'), expiresAt: new Date(now.getTime() + 60_000) });
await ledger.post(buy('too-dear', '30001')).catch(() => {});
now = new Date(now.getTime() + 120_000);
await ledger.expireHolds();
await ledger.post(buy('all-of-it', '50000'));

await new Promise(setImmediate);
await Promise.all(deliveries);
for (const [type, count] of counts) console.log(`ledger_notices_total{type="${type}"} ${count}`);
for (const request of received) console.log('webhook:', request);
endWatch();
hook.close();
await knex.destroy();
