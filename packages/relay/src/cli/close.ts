import { userInfo } from 'node:os';
import type { ClosedPeriod, Ledger, PeriodChange, PeriodDecision } from '@jangbu/ledger-core';
import type { Command } from 'commander';
import { Option } from 'commander';
import { EXIT, print, printJson, run, UsageError, withLedger } from './context.ts';
import { textTable } from './table.ts';

interface Chosen {
  ledger: string;
  json?: boolean;
  by: string;
  reason?: string;
}

/** `jangbu close`, `jangbu reopen` and `jangbu periods`. */
export function addClose(program: Command, options: { ledger(): Option; json(): Option }): void {
  const withDecision = (command: Command) =>
    command
      .addOption(new Option('--by <who>', 'who decides, for the auditor').default(userInfo().username))
      .option('--reason <why>', 'why, for the auditor')
      .addOption(options.ledger())
      .addOption(options.json());

  withDecision(program.command('close <day>'))
    .description(
      'close all business days up to and with this one, YYYY-MM-DD: nothing is posted to them any more',
    )
    .action((day: string, chosen: Chosen) =>
      change(chosen, async (ledger, decision) => ({
        period: await ledger.closePeriod(day, decision),
        waiting: await waitingFor(ledger),
      })),
    );

  withDecision(program.command('reopen <day>'))
    .description('open the business days from this one on again, YYYY-MM-DD')
    .action((day: string, chosen: Chosen) =>
      change(chosen, async (ledger, decision) => ({
        period: await ledger.reopenPeriod(day, decision),
        waiting: [],
      })),
    );

  program
    .command('periods')
    .description('who closed days and opened them again, when and why, the newest change first')
    .addOption(options.ledger())
    .addOption(options.json())
    .action(({ ledger: name, json }: Pick<Chosen, 'ledger' | 'json'>) =>
      run(async () => {
        const changes = await withLedger(name, (ledger) => ledger.periodChanges());
        if (json) printJson(changes);
        else
          print(
            changes.length === 0
              ? 'No day was ever closed.'
              : textTable(HEADINGS, changes.map(toRow)).join('\n'),
          );
        return EXIT.clean;
      }),
    );
}

/** What a change came to, and what may still want to be posted to the closed days. */
interface Changed {
  readonly period: ClosedPeriod;
  readonly waiting: readonly string[];
}

function change(
  chosen: Chosen,
  work: (ledger: Ledger, decision: PeriodDecision) => Promise<Changed>,
): Promise<void> {
  return run(async () => {
    const { by, reason } = chosen;
    if (reason === undefined) throw new UsageError('Say why with --reason: it is kept for the auditor.');
    const { period, waiting } = await withLedger(chosen.ledger, (ledger) => work(ledger, { by, reason }));
    if (chosen.json) printJson({ ...period, waiting });
    else print([...periodLines(period), ...waiting].join('\n'));
    return EXIT.clean;
  });
}

/** Events that are not applied yet may be effective on a closed day: they will be refused, and the operator should know. */
async function waitingFor(ledger: Ledger): Promise<string[]> {
  const { events, deadLetters } = await ledger.lag();
  return [
    events > 0 ? `${events} events of the outbox are not applied yet.` : undefined,
    deadLetters > 0 ? `${deadLetters} events wait in dead letters.` : undefined,
  ].flatMap((line) =>
    line === undefined ? [] : [`${line} What of them is effective on a closed day will be refused.`],
  );
}

export function periodLines({ closedThrough, totals }: ClosedPeriod): string[] {
  if (closedThrough === null) return ['No day is closed.'];
  return [
    `Closed up to and with ${closedThrough}.`,
    ...totals.map(({ currency, debit, credit }) => `  ${currency}: debits ${debit} = credits ${credit}`),
  ];
}

const HEADINGS = ['change', 'what', 'closed up to', 'at', 'by', 'reason', 'totals'];

function toRow({ number, action, closedThrough, changedAt, decision, totals }: PeriodChange): string[] {
  return [
    String(number),
    action,
    closedThrough ?? '-',
    changedAt.toISOString(),
    decision.by,
    decision.reason,
    totals === null
      ? 'not carried through: ask for it again'
      : totals.map(({ currency, debit }) => `${debit} ${currency}`).join(', '),
  ];
}
