import type { Knex } from 'knex';

/** What the runtime user may do, table by table, and no more. A table that is not named here cannot even be read. */
export const RUNTIME_PRIVILEGES: Readonly<Record<string, string>> = {
  ledgers: 'SELECT, INSERT, UPDATE (closed_through)',
  period_changes: 'SELECT, INSERT',
  period_totals: 'SELECT, INSERT',
  currencies: 'SELECT, INSERT',
  accounts: 'SELECT, INSERT',
  account_changes: 'SELECT, INSERT',
  account_balances: 'SELECT, INSERT, UPDATE',
  journal_entries: 'SELECT, INSERT',
  journal_lines: 'SELECT, INSERT',
  line_spans: 'SELECT, INSERT',
  account_days: 'SELECT, INSERT, UPDATE (debit, credit)',
  holds: 'SELECT, INSERT, UPDATE (status, closed_at)',
  hold_lines: 'SELECT, INSERT, UPDATE (remaining)',
  entry_reversals: 'SELECT, INSERT',
  chain_blocks: 'SELECT, INSERT',
  account_turnovers: 'SELECT',
  outbox: 'SELECT, INSERT',
  outbox_archives: `SELECT, INSERT, UPDATE (events, digest, first_written_at, last_written_at, file, file_bytes, file_sha256,
    archived_at, archived_by)`,
  outbox_readers: 'SELECT, INSERT, UPDATE',
  connector_positions: 'SELECT, INSERT, UPDATE',
  inbox: 'SELECT, INSERT',
  consumer_offsets: 'SELECT, INSERT, UPDATE',
  event_attempts: 'SELECT, INSERT, UPDATE, DELETE',
  outbox_gaps: 'SELECT, INSERT, UPDATE, DELETE',
  dead_letters:
    'SELECT, INSERT, UPDATE (reason_code, reason, attempts, resolved_at, resolution, resolved_by, resolution_reason, published_at)',
  replay_runs: `SELECT, INSERT, UPDATE (status, epoch, next_seq, events, applied, duplicates, parked, published, updated_at,
    cancel_asked_by, ended_at)`,
  jangbu_migrations: 'SELECT',
  jangbu_migrations_lock: 'SELECT',
};

/** What the user needs who changes the outbox's partitions: DDL on that table, and to read who still needs its events. */
export const MAINTENANCE_PRIVILEGES: Readonly<Record<string, string>> = {
  outbox: 'SELECT, INSERT, ALTER, CREATE, DROP',
  outbox_archives: 'SELECT, INSERT, UPDATE',
  ledgers: 'SELECT',
  inbox: 'SELECT',
  dead_letters: 'SELECT',
  consumer_offsets: 'SELECT',
  outbox_gaps: 'SELECT',
  outbox_readers: 'SELECT',
  replay_runs: 'SELECT',
  jangbu_migrations: 'SELECT',
};

/** A MySQL user to be given the least rights. */
export interface DatabaseUser {
  name: string;
  password: string;
}

/** Makes the user if it is missing, sets its password, and grants it exactly `privileges` on the connected database's tables. */
export async function grantRuntimeUser(
  admin: Knex,
  user: DatabaseUser,
  privileges: Readonly<Record<string, string>> = RUNTIME_PRIVILEGES,
): Promise<void> {
  await makeUser(admin, user);
  for (const [table, rights] of Object.entries(privileges)) {
    await admin.raw(`GRANT ${rights} ON ?? TO ?@'%'`, [table, user.name]);
  }
}

/** Grants what Debezium's MySQL connector asks for: reading the binlog, and the outbox for a snapshot. */
export async function grantReplicationUser(admin: Knex, user: DatabaseUser): Promise<void> {
  await makeUser(admin, user);
  await admin.raw(`GRANT RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ?@'%'`, [
    user.name,
  ]);
  await admin.raw(`GRANT SELECT ON ?? TO ?@'%'`, ['outbox', user.name]);
}

async function makeUser(admin: Knex, user: DatabaseUser): Promise<void> {
  await admin.raw(`CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?`, [user.name, user.password]);
  await admin.raw(`ALTER USER ?@'%' IDENTIFIED BY ?`, [user.name, user.password]);
}
