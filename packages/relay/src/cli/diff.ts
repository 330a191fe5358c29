import {
  diffLedgers,
  type EntryDifference,
  formatMoney,
  type JournalEntry,
  type LedgerDiff,
} from '@jangbu/ledger-core';
import type { Command, Option } from 'commander';
import { EXIT, print, printJson, run, withDatabase } from './context.ts';
import { thousands } from './progress.ts';
import { wholeNumber } from './replay-options.ts';
import { textTable } from './table.ts';

/** `jangbu diff`. */
export function addDiff(program: Command, options: { json(): Option }): void {
  program
    .command('diff <a> <b>')
    .description('compare the books of two ledgers: accounts, and the first entries that differ')
    .option('--limit <count>', 'how many accounts and entries to show', '10')
    .addOption(options.json())
    .action((a: string, b: string, { limit, json }: { limit: string; json?: boolean }) =>
      run(async () => {
        const shown = wholeNumber('--limit', limit, 1_000);
        const diff = await withDatabase((knex) => diffLedgers(knex, a, b, { limit: shown }));
        if (json) printJson({ ...diff, entries: diff.entries.map(entryToJson) });
        else print(diffLines(diff).join('\n'));
        return diff.same ? EXIT.clean : EXIT.findings;
      }),
    );
}

export function diffLines({ a, b, same, accounts, entries }: LedgerDiff): string[] {
  if (same) return [`${a} and ${b} are the same: ${thousands(accounts.compared)} accounts, and every entry.`];
  return [
    `${a} and ${b} differ in ${thousands(accounts.differing)} of ${thousands(accounts.compared)} accounts.`,
    ...accountLines({ a, b, accounts }),
    ...(entries.length === 0 ? [] : ['', 'The first entries that differ:']),
    ...entries.flatMap((entry) => entryLines(entry, a, b)),
  ];
}

function accountLines({ a, b, accounts }: Pick<LedgerDiff, 'a' | 'b' | 'accounts'>): string[] {
  if (accounts.first.length === 0) return [];
  const figures = [`debit in ${a}`, `debit in ${b}`, `credit in ${a}`, `credit in ${b}`];
  const rows = accounts.first.map(({ account, currency, a: inA, b: inB }) => [
    account,
    currency,
    inA?.debit ?? '-',
    inB?.debit ?? '-',
    inA?.credit ?? '-',
    inB?.credit ?? '-',
  ]);
  return ['', ...textTable(['account', 'currency', ...figures], rows, figures)];
}

function entryLines({ idempotencyKey, a, b }: EntryDifference, nameA: string, nameB: string): string[] {
  return [`  ${idempotencyKey}`, `    ${nameA}: ${describe(a)}`, `    ${nameB}: ${describe(b)}`];
}

function describe(entry: JournalEntry | null): string {
  if (entry === null) return 'not there';
  const lines = entry.lines.map(({ side, account, amount }) => `${side} ${account} ${formatMoney(amount)}`);
  return `${entry.effectiveAt.toISOString()} ${entry.kind}: ${lines.join(', ')}`;
}

function entryToJson({ idempotencyKey, a, b }: EntryDifference) {
  return { idempotencyKey, a: a && oneToJson(a), b: b && oneToJson(b) };
}

function oneToJson({ lines, ...entry }: JournalEntry) {
  return {
    ...entry,
    lines: lines.map(({ account, side, amount }) => ({
      account,
      side,
      amount: formatMoney(amount),
      currency: amount.currency,
    })),
  };
}
