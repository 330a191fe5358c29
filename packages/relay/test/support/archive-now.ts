import { archiveOutbox, isLedgerError, openDatabase } from '@jangbu/ledger-core';

// Archives in a process of its own, which may be allowed less than the test: says the code of what went wrong, if anything did.
const [folder = ''] = process.argv.slice(2);
const knex = openDatabase({ url: process.env['DATABASE_URL'] ?? '', poolSize: 2 });
try {
  await archiveOutbox(knex, { folder, by: 'kim', settledForMs: 0 });
  process.stdout.write('archived');
} catch (error) {
  process.stdout.write(isLedgerError(error) ? `${error.code} ${error.details['reason']}` : String(error));
} finally {
  await knex.destroy();
}
