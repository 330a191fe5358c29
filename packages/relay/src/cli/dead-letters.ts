import { userInfo } from 'node:os';
import type { Ledger, LetterDecision, StoredLetter } from '@jangbu/ledger-core';
import type { Command } from 'commander';
import { Option } from 'commander';
import { settlementHandlers } from '../settlement-handlers.ts';
import { EXIT, print, printJson, run, UsageError, withLedger } from './context.ts';
import { textTable } from './table.ts';

interface Common {
  ledger: string;
  json?: boolean;
}

/** `jangbu dead-letters list|show|retry|discard`. */
export function addDeadLetters(program: Command, options: { ledger(): Option; json(): Option }): void {
  const deadLetters = program
    .command('dead-letters')
    .description('events that could not be applied, and what waits behind them');

  deadLetters
    .command('list')
    .description('what waits, in the order of the outbox')
    .option('--all', 'also what somebody has seen to')
    .option('--limit <count>', 'how many at most', '1000')
    .addOption(options.ledger())
    .addOption(options.json())
    .action(({ ledger: name, json, all = false, limit }: Common & { all?: boolean; limit: string }) =>
      run(async () => {
        const letters = await withLedger(name, (ledger) =>
          ledger.deadLetters({ resolvedToo: all, limit: count(limit) }),
        );
        if (json) printJson(letters.map(toJson));
        else
          print(
            letters.length === 0
              ? 'No dead letters.'
              : textTable(HEADINGS, letters.map(toRow), ['seq', 'attempts']).join('\n'),
          );
        return EXIT.clean;
      }),
    );

  deadLetters
    .command('show <event-id>')
    .description('one event in full, as JSON: payload, headers, reason, attempts')
    .addOption(options.ledger())
    .addOption(options.json())
    .action((eventId: string, { ledger: name }: Common) =>
      run(async () => {
        const letter = await withLedger(name, (ledger) => find(ledger, eventId));
        printJson(toJson(letter));
        return EXIT.clean;
      }),
    );

  addDecision(deadLetters.command('retry [event-ids...]'), options)
    .description('try events again, each with what waits behind it, in order')
    .option('--all', 'everything that waits')
    .action((eventIds: string[], chosen: Common & Decision & { all?: boolean }) =>
      run(() => withLedger(chosen.ledger, (ledger) => retry(ledger, eventIds, chosen))),
    );

  addDecision(deadLetters.command('discard <event-id>'), options)
    .description('give an event up for good; what waits behind it may then be retried')
    .action((eventId: string, chosen: Common & Decision) =>
      run(async () => {
        if (chosen.reason === undefined)
          throw new UsageError('Say why with --reason: it is kept for the auditor.');
        const behind = await withLedger(chosen.ledger, (ledger) => discard(ledger, eventId, chosen));
        const dryRun = chosen.dryRun === true;
        if (chosen.json) printJson({ dryRun, discarded: eventId, behind });
        else print(discardLine(eventId, behind.length, dryRun));
        return EXIT.clean;
      }),
    );
}

interface Decision {
  by: string;
  reason?: string;
  dryRun?: boolean;
}

function addDecision(command: Command, options: { ledger(): Option; json(): Option }): Command {
  return command
    .addOption(new Option('--by <who>', 'who decides, for the auditor').default(userInfo().username))
    .option('--reason <why>', 'why, for the auditor')
    .option('--dry-run', 'try it and undo it: only say what would come of it')
    .addOption(options.ledger())
    .addOption(options.json());
}

async function retry(
  ledger: Ledger,
  eventIds: readonly string[],
  chosen: Common & Decision & { all?: boolean },
): Promise<number> {
  const waiting = await choose(ledger, eventIds, chosen.all === true);
  const applied: string[] = [];
  const failed = new Map<string, { code: string; reason: string }>();
  // What is tried of an aggregate is all of it, so one letter of each is enough.
  for (const letter of firstOfEach(waiting)) {
    const result = await ledger.retryDeadLetter(
      settlementHandlers(ledger),
      letter.event.eventId,
      decisionOf(chosen),
    );
    applied.push(...result.applied);
    if (result.failed !== null) failed.set(result.failed.eventId, result.failed);
  }
  const dryRun = chosen.dryRun === true;
  if (chosen.json) printJson({ dryRun, applied, failed: Object.fromEntries(failed) });
  else print(retryLines(applied, failed, dryRun).join('\n'));
  return failed.size === 0 ? EXIT.clean : EXIT.findings;
}

async function choose(ledger: Ledger, eventIds: readonly string[], isAll: boolean): Promise<StoredLetter[]> {
  if (isAll && eventIds.length > 0) throw new UsageError('Name events, or say --all; not both.');
  if (!isAll && eventIds.length === 0)
    throw new UsageError('Name the events to try again, or say --all. See: jangbu dead-letters list');
  return isAll ? ledger.deadLetters() : findAll(ledger, eventIds);
}

/** Returns the events of the aggregate that wait behind it. */
async function discard(ledger: Ledger, eventId: string, chosen: Decision): Promise<string[]> {
  const { event } = await find(ledger, eventId);
  await ledger.discardDeadLetter(eventId, decisionOf(chosen));
  return (await ledger.deadLetters())
    .filter(
      ({ event: { aggregateType, aggregateId, seq } }) =>
        aggregateType === event.aggregateType && aggregateId === event.aggregateId && seq > event.seq,
    )
    .map((letter) => letter.event.eventId);
}

function discardLine(eventId: string, behind: number, dryRun: boolean): string {
  const after = behind === 0 ? 'Nothing waits behind it.' : `${behind} wait behind it, to be retried.`;
  return `Event ${eventId} ${dryRun ? 'would be' : 'is'} discarded. ${after}`;
}

function retryLines(
  applied: readonly string[],
  failed: ReadonlyMap<string, { code: string; reason: string }>,
  dryRun: boolean,
): string[] {
  return [
    ...(dryRun ? ['Dry run; nothing was changed.'] : []),
    `${applied.length} applied, ${failed.size} failed again.`,
    ...[...failed].map(([eventId, { code, reason }]) => `  ${eventId}: ${reason} (${code})`),
  ];
}

function firstOfEach(letters: readonly StoredLetter[]): StoredLetter[] {
  const byAggregate = new Map<string, StoredLetter>();
  for (const letter of letters) {
    const key = `${letter.event.aggregateType} ${letter.event.aggregateId}`;
    if (!byAggregate.has(key)) byAggregate.set(key, letter);
  }
  return [...byAggregate.values()];
}

async function findAll(ledger: Ledger, eventIds: readonly string[]): Promise<StoredLetter[]> {
  const found: StoredLetter[] = [];
  for (const eventId of new Set(eventIds)) found.push(await find(ledger, eventId));
  return found;
}

function find(ledger: Ledger, eventId: string): Promise<StoredLetter> {
  return ledger.deadLetter(eventId);
}

function decisionOf({ by, reason = 'retried by hand', dryRun = false }: Decision): LetterDecision {
  return { by, reason, dryRun };
}

const HEADINGS = ['seq', 'event', 'type', 'aggregate', 'attempts', 'parked', 'reason', 'resolution'];

function toRow({ event, attempts, parkedAt, reasonCode, resolution }: StoredLetter): string[] {
  return [
    event.seq.toString(),
    event.eventId,
    `${event.eventType} v${event.eventVersion}`,
    `${event.aggregateType} ${event.aggregateId}`,
    String(attempts),
    parkedAt.toISOString(),
    reasonCode,
    resolution === null ? 'waits' : `${resolution.how} by ${resolution.by}`,
  ];
}

function toJson({ event, ...letter }: StoredLetter) {
  const { seq, offset: _offset, ...rest } = event;
  return { ...rest, seq: seq.toString(), ...letter };
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--limit is a whole number above zero, not ${text}`);
  return value;
}
