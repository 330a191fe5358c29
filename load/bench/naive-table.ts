import type { Entry } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Workload } from './workloads.ts';

/** The way that most services post: one transaction an entry, five statements, over tables of the usual shape. */
export interface NaiveLedger {
  post(entry: Entry): Promise<void>;
  /** The same statements in a transaction of the caller's. */
  postIn(trx: Knex, entry: Entry): Promise<void>;
}

const TABLES = [
  `CREATE TABLE naive_accounts (
     id INT NOT NULL PRIMARY KEY AUTO_INCREMENT,
     code VARCHAR(191) NOT NULL UNIQUE,
     balance BIGINT NOT NULL DEFAULT 0
   )`,
  `CREATE TABLE naive_entries (
     id BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
     idempotency_key VARCHAR(191) NOT NULL UNIQUE,
     kind VARCHAR(64) NOT NULL,
     created_at DATETIME(6) NOT NULL
   )`,
  `CREATE TABLE naive_lines (
     id BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
     entry_id BIGINT NOT NULL,
     account_id INT NOT NULL,
     amount BIGINT NOT NULL,
     balance BIGINT NOT NULL,
     KEY (account_id, id),
     FOREIGN KEY (entry_id) REFERENCES naive_entries (id),
     FOREIGN KEY (account_id) REFERENCES naive_accounts (id)
   )`,
  `CREATE TABLE naive_days (
     account_id INT NOT NULL,
     day DATE NOT NULL,
     turnover BIGINT NOT NULL,
     PRIMARY KEY (account_id, day)
   )`,
];

export async function createNaiveLedger(knex: Knex, { accounts }: Workload): Promise<NaiveLedger> {
  for (const name of ['lines', 'entries', 'days', 'accounts']) {
    await knex.raw(`DROP TABLE IF EXISTS naive_${name}`);
  }
  for (const table of TABLES) await knex.raw(table);
  await knex.raw('INSERT INTO naive_accounts (code) VALUES ?', [accounts.map(({ code }) => [code])] as never);
  const [rows] = (await knex.raw('SELECT id, code FROM naive_accounts')) as [{ id: number; code: string }[]];
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  const idOf = (code: string) => ids.get(code) ?? 0;
  return {
    post: (entry) =>
      knex.transaction((trx) => postNaively(trx, entry, idOf), { isolationLevel: 'read committed' }),
    postIn: (trx, entry) => postNaively(trx, entry, idOf),
  };
}

async function postNaively(trx: Knex, entry: Entry, idOf: (code: string) => number): Promise<void> {
  const changes = entry.lines.map(({ account, side, amount }) => ({
    id: idOf(account),
    amount: side === 'debit' ? amount.minor : -amount.minor,
  }));
  const now = new Date();
  const [locked] = (await trx.raw(
    'SELECT id, balance FROM naive_accounts WHERE id IN (?) ORDER BY id FOR UPDATE',
    [changes.map(({ id }) => id)],
  )) as [{ id: number; balance: string }[]];
  const balances = new Map(locked.map(({ id, balance }) => [id, BigInt(balance)]));
  const [{ insertId }] = (await trx.raw(
    'INSERT INTO naive_entries (idempotency_key, kind, created_at) VALUES (?, ?, ?)',
    [entry.idempotencyKey, entry.kind, now],
  )) as [{ insertId: number }];
  const after = changes.map(({ id, amount }) => ({ id, amount, balance: (balances.get(id) ?? 0n) + amount }));
  await trx.raw('INSERT INTO naive_lines (entry_id, account_id, amount, balance) VALUES ?', [
    after.map(({ id, amount, balance }) => [insertId, id, amount.toString(), balance.toString()]),
  ] as never);
  await trx.raw(
    `UPDATE naive_accounts SET balance = CASE id ${after.map(() => 'WHEN ? THEN ?').join(' ')} END WHERE id IN (?)`,
    [...after.flatMap(({ id, balance }) => [id, balance.toString()]), after.map(({ id }) => id)] as never,
  );
  await trx.raw(
    'INSERT INTO naive_days (account_id, day, turnover) VALUES ? AS more ON DUPLICATE KEY UPDATE turnover = naive_days.turnover + more.turnover',
    [after.map(({ id, amount }) => [id, now.toISOString().slice(0, 10), amount.toString()])] as never,
  );
}
