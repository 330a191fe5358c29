import { checkShop } from '@jangbu/api';
import { type Anchor, LEDGER_MIGRATIONS, migrate, parseDay } from '@jangbu/ledger-core';
import { Command, Option } from 'commander';
import { addClose } from './close.ts';
import {
  databaseName,
  EXIT,
  print,
  printJson,
  run,
  UsageError,
  withDatabase,
  withLedger,
} from './context.ts';
import { addDeadLetters } from './dead-letters.ts';
import { addDiff } from './diff.ts';
import { addMembers } from './members.ts';
import { addOutbox } from './outbox.ts';
import { addReplay } from './replay.ts';
import { relayStatus, statusLines } from './status.ts';
import { addTrace } from './trace.ts';
import { trialBalanceLines } from './trial-balance.ts';
import { verificationLines } from './verify.ts';

const program = new Command('jangbu')
  .description('The double-entry ledger: books, proofs and operations.')
  .addHelpText(
    'after',
    '\nExit codes: 0 done and clean, 1 done with findings, 2 could not run.\nDATABASE_URL names the database; without it, the one that npm start runs.',
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.clean : EXIT.failed));

const ledgerOption = () =>
  new Option('--ledger <name>', 'which ledger').env('LEDGER_NAME').default('kimchi-mall');
const jsonOption = () => new Option('--json', 'print JSON');

program
  .command('migrate')
  .description('bring the schema up to date')
  .addOption(new Option('--group <groups...>', 'migration groups').default([...LEDGER_MIGRATIONS, 'shop']))
  .addOption(jsonOption())
  .action(({ group, json }) =>
    run(async () => {
      const ran = await withDatabase((knex) => migrate(knex, { groups: group }));
      if (json) printJson({ ran });
      else
        print(ran.length === 0 ? 'The schema is up to date.' : ran.map((name) => `ran ${name}`).join('\n'));
      return EXIT.clean;
    }),
  );

program
  .command('verify')
  .description('prove the books: every entry, balance, day, key and event')
  .option('--lag-allowance <seconds>', 'an outbox event older than this must have been applied', '60')
  .option('--anchor <block:digest>', 'a block of the hash chain, as chain-head printed it earlier')
  .addOption(ledgerOption())
  .addOption(jsonOption())
  .action(({ ledger: name, json, lagAllowance, anchor }) =>
    run(async () => {
      const options = {
        lagAllowanceMs: seconds(lagAllowance) * 1000,
        further: [checkShop],
        ...(anchor === undefined ? {} : { anchor: toAnchor(anchor) }),
      };
      const verification = await withLedger(name, (ledger) => ledger.verify(options));
      if (json) printJson(verification);
      else print(verificationLines(verification).join('\n'));
      return verification.ok ? EXIT.clean : EXIT.findings;
    }),
  );

program
  .command('chain-head')
  .description(
    'the last block of the hash chain, to be kept outside the database: verify --anchor proves it later',
  )
  .addOption(ledgerOption())
  .addOption(jsonOption())
  .action(({ ledger: name, json }) =>
    run(async () => {
      const head = await withLedger(name, (ledger) => ledger.chainHead());
      if (json) printJson(head === undefined ? null : { ...head, block: head.block.toString() });
      else print(head === undefined ? 'Nothing is sealed yet.' : `${head.block}:${head.digest}`);
      return EXIT.clean;
    }),
  );

program
  .command('status')
  .description('how far the relay is behind, what waits in dead letters, how the connector is')
  .addOption(ledgerOption())
  .addOption(jsonOption())
  .action(({ ledger: name, json }) =>
    run(async () => {
      const status = await withLedger(name, async (ledger) =>
        relayStatus(ledger, await databaseName(), new Date()),
      );
      if (json) printJson(status);
      else print(statusLines(status).join('\n'));
      return EXIT.clean;
    }),
  );

program
  .command('trial-balance')
  .description('the balance of every account, which must prove itself')
  .option('--as-of <day>', 'the last effective day that counts, YYYY-MM-DD')
  .option('--from <day>', 'the first day of the period, YYYY-MM-DD')
  .option('--known-at <instant>', 'only what was booked by then, ISO 8601')
  .addOption(ledgerOption())
  .addOption(jsonOption())
  .action(({ ledger: name, json, asOf, from, knownAt }) =>
    run(async () => {
      const options = {
        ...(asOf === undefined ? {} : { asOf: parseDay(asOf) }),
        ...(from === undefined ? {} : { from: parseDay(from) }),
        ...(knownAt === undefined ? {} : { knownAt: instant(knownAt) }),
      };
      const report = await withLedger(name, (ledger) => ledger.trialBalance(options));
      if (json) printJson(report);
      else print(trialBalanceLines(report).join('\n'));
      return EXIT.clean;
    }),
  );

addClose(program, { ledger: ledgerOption, json: jsonOption });
addDeadLetters(program, { ledger: ledgerOption, json: jsonOption });
addTrace(program, { ledger: ledgerOption, json: jsonOption });
addReplay(program, { ledger: ledgerOption, json: jsonOption });
addDiff(program, { json: jsonOption });
addOutbox(program, { json: jsonOption });
addMembers(program, { json: jsonOption });

function toAnchor(text: string): Anchor {
  const match = /^(\d{1,19}):([0-9a-f]{64})$/i.exec(text);
  if (match === null)
    throw new UsageError('--anchor is what chain-head printed: a number, a colon and 64 hexadecimal digits.');
  return { block: BigInt(match[1] ?? 0), digest: match[2] ?? '' };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new UsageError(`--lag-allowance is a number of seconds, not ${text}`);
  return value;
}

function instant(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime()))
    throw new UsageError(`--known-at is an instant such as 2026-11-23T09:00:00Z, not ${text}`);
  return value;
}

await program.parseAsync();
