import { createLedger, isLedgerError, openDatabase, registerCurrency } from '../../src/index.ts';

/**
 * A process that gives POINT so many decimals, opens an account in it, and prints what came of it: `[database url, ledger, decimals or
 * "none", account or "none"]`.
 */
const [url = '', name = '', decimals = 'none', code = 'none'] = process.argv.slice(2);
const knex = openDatabase({ url, poolSize: 2 });
try {
  if (decimals !== 'none') registerCurrency('POINT', Number(decimals));
  const ledger = await createLedger({ knex, name });
  if (code !== 'none') await ledger.openAccounts([{ code, type: 'asset', currency: 'POINT' }]);
  const { rows } = await ledger.trialBalance();
  process.stdout.write(JSON.stringify({ debits: rows.map((row) => row.debit) }));
} catch (error) {
  if (!isLedgerError(error)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, details: error.details }));
} finally {
  await knex.destroy();
}
