import { userInfo } from 'node:os';
import {
  businessDay,
  type ClosedPeriod,
  type Day,
  type Ledger,
  type PeriodChange,
  type PeriodDecision,
  parseDay,
} from '@jangbu/ledger-core';
import type { Command } from 'commander';
import { Option } from 'commander';
import { EXIT, print, printJson, run, UsageError, withLedger } from './context.ts';
import { textTable } from './table.ts';

interface Chosen {
  ledger: string;
  json?: boolean;
  by: string;
  reason?: string;
  evenSo?: boolean;
  dryRun?: boolean;
}

/** `jangbu close`, `jangbu reopen` and `jangbu periods`. */
export function addClose(program: Command, options: { ledger(): Option; json(): Option }): void {
  const withDecision = (command: Command) =>
    command
      .addOption(new Option('--by <who>', 'who decides, for the auditor').default(userInfo().username))
      .option('--reason <why>', 'why, for the auditor')
      .option('--dry-run', 'only say what would be closed, and what those days came to')
      .addOption(options.ledger())
      .addOption(options.json());

  withDecision(program.command('close <day>'))
    .option('--even-so', 'although events of these days are not applied yet: they will go to dead letters')
    .description(
      'close all business days up to and with this one, YYYY-MM-DD: nothing is posted to them any more',
    )
    .action((day: string, chosen: Chosen) =>
      change('close', day, chosen, async (ledger) => {
        const waiting = await waitingFor(ledger, parseDay(day));
        if (waiting !== undefined && chosen.evenSo !== true)
          throw new UsageError(`${waiting} Let the relay apply them, or close the day --even-so.`);
        return waiting;
      }),
    );

  withDecision(program.command('reopen <day>'))
    .description('open the business days from this one on again, YYYY-MM-DD')
    .action((day: string, chosen: Chosen) => change('reopen', day, chosen, async () => undefined));

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

/** @param check refuses, or gives what may still want to be posted to the closed days */
function change(
  action: 'close' | 'reopen',
  day: string,
  chosen: Chosen,
  check: (ledger: Ledger) => Promise<string | undefined>,
): Promise<void> {
  return run(async () => {
    const dryRun = chosen.dryRun === true;
    const decision = dryRun ? undefined : decisionOf(chosen);
    const { waiting, period } = await withLedger(chosen.ledger, async (ledger) => ({
      waiting: await check(ledger),
      period: await (decision === undefined
        ? ledger.previewPeriod(action, day)
        : ledger[CHANGES[action]](day, decision)),
    }));
    if (chosen.json) printJson({ dryRun, ...period, waiting: waiting ?? null });
    else print([...periodLines(period, dryRun), ...(waiting === undefined ? [] : [waiting])].join('\n'));
    return EXIT.clean;
  });
}

const CHANGES = { close: 'closePeriod', reopen: 'reopenPeriod' } as const;

function decisionOf({ by, reason }: Chosen): PeriodDecision {
  if (reason === undefined) throw new UsageError('Say why with --reason: it is kept for the auditor.');
  return { by, reason };
}

/** Events of these days that are not applied yet would be refused once the days are closed. */
async function waitingFor(ledger: Ledger, day: Day): Promise<string | undefined> {
  const { events, deadLetters, oldestUnsettledAt } = await ledger.lag();
  if (oldestUnsettledAt === null || businessDay(oldestUnsettledAt, ledger.timeZone) > day) return undefined;
  return `${events} events of the outbox are not applied, and ${deadLetters} wait in dead letters, the oldest since ${oldestUnsettledAt.toISOString()}: what of them is effective on a closed day will be refused.`;
}

function periodLines({ closedThrough, totals }: ClosedPeriod, dryRun = false): string[] {
  if (closedThrough === null) return [dryRun ? 'No day would be closed.' : 'No day is closed.'];
  return [
    `${dryRun ? 'Would be closed' : 'Closed'} up to and with ${closedThrough}.`,
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
