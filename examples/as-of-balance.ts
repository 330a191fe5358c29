// Two axes of time: when it happened, and when the ledger learned of it.
import { createLedger, credit, debit, migrate, money, openDatabase, parseDay } from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
let now = new Date('2026-03-31T09:00:00+09:00');
const ledger = await createLedger({ knex, name: 'two-times', timeZone: 'Asia/Seoul', clock: () => now });
await ledger.openAccounts([
  { code: 'assets:cash', type: 'asset', currency: 'KRW' },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);
const sale = (idempotencyKey: string, amount: string, effectiveAt?: Date) =>
  ledger.post({
    idempotencyKey,
    kind: 'sale',
    lines: [debit('assets:cash', money(amount, 'KRW')), credit('revenue:sales', money(amount, 'KRW'))],
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
  });

await sale('march', '12000');
// On 2 April a receipt of 30 March turns up.
now = new Date('2026-04-02T09:00:00+09:00');
await sale('late', '500', new Date('2026-03-30T18:00:00+09:00'));
await sale('april', '7000');

const asOf = parseDay('2026-03-31');
const cash = async (options: Parameters<typeof ledger.trialBalance>[0]) =>
  (await ledger.trialBalance(options)).rows.find(({ account }) => account === 'assets:cash')?.closing;
console.log('at the end of March:', await cash({ asOf }));
console.log(
  'the same, as known on 31 March:',
  await cash({ asOf, knownAt: new Date('2026-03-31T23:59:59+09:00') }),
);
console.log('today:', await cash({}));
await knex.destroy();
