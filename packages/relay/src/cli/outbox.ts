import { userInfo } from 'node:os';
import {
  archiveOutbox,
  checkArchive,
  extendOutbox,
  type OutboxParts,
  openDatabase,
  readOutboxParts,
  type TrimDecision,
  trimOutbox,
} from '@jangbu/ledger-core';
import { findDatabaseUrl } from '@jangbu/stack';
import { type Command, Option } from 'commander';
import type { Knex } from 'knex';
import { EXIT, print, printJson, run, UsageError, withDatabase } from './context.ts';
import { thousands } from './progress.ts';
import { wholeNumber } from './replay-options.ts';
import { textTable } from './table.ts';

const DAY_MS = 86_400_000;
const HEADINGS = ['from', 'to', 'in the outbox', 'archived', 'file'];

interface Flags {
  readonly folder?: string;
  readonly keepDays: string;
  readonly events?: string;
  readonly by: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `jangbu outbox status|archive|check|partition|trim`. */
export function addOutbox(program: Command, options: { json(): Option }): void {
  const outbox = program
    .command('outbox')
    .description('where the events of the outbox are: archive the old ones, and let them go');
  const folder = () => new Option('--folder <path>', 'where the archive is').env('OUTBOX_ARCHIVE_FOLDER');
  const by = () => new Option('--by <who>', 'who asks, for the record').default(userInfo().username);
  const dryRun = () => new Option('--dry-run', 'only say what would be done');

  outbox
    .command('status')
    .description('which events are in the outbox, which in files, which in both')
    .addOption(options.json())
    .action((flags: Flags) => run(() => withDatabase((knex) => status(knex, flags))));
  outbox
    .command('archive')
    .description('write each partition that is complete to a file of gzipped JSON lines; the outbox keeps it')
    .addOption(folder())
    .addOption(dryRun())
    .addOption(by())
    .addOption(options.json())
    .action((flags: Flags) => run(() => withDatabase((knex) => archive(knex, flags))));
  outbox
    .command('check')
    .description('read every file of the archive through, and hold it against what was noted of it')
    .addOption(folder())
    .addOption(options.json())
    .action((flags: Flags) => run(() => withDatabase((knex) => check(knex, flags))));
  outbox
    .command('partition')
    .description('see to it that an empty partition waits behind the one that is written to')
    .option('--events <count>', 'how many events it is for; default: those of the last day')
    .option('--force', 'also where many rows have to be copied, for which writers wait')
    .addOption(dryRun())
    .addOption(options.json())
    .action((flags: Flags) => run(() => withMaintenance((knex) => partition(knex, flags))));
  outbox
    .command('trim')
    .description('drop the oldest partitions that are archived, old enough, and settled by every consumer')
    .addOption(folder())
    .addOption(new Option('--keep-days <days>', 'younger events stay').env('OUTBOX_KEEP_DAYS').default('35'))
    .addOption(dryRun())
    .addOption(by())
    .addOption(options.json())
    .action((flags: Flags) => run(() => withMaintenance((knex) => trim(knex, flags))));
}

/** A user who may change the table: the runtime user may not. */
async function withMaintenance<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
  const url = process.env.MAINTENANCE_DATABASE_URL || (await findDatabaseUrl());
  const knex = openDatabase({ url, poolSize: 3, acquireTimeoutMs: 5_000 });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

async function status(knex: Knex, { json }: Flags): Promise<number> {
  const parts = await readOutboxParts(knex);
  if (json) printJson(partsToJson(parts));
  else print(partLines(parts).join('\n'));
  return EXIT.clean;
}

async function archive(knex: Knex, flags: Flags): Promise<number> {
  const { dryRun = false, by } = flags;
  const ranges = await archiveOutbox(knex, { folder: folderOf(flags), by, dryRun });
  if (flags.json)
    printJson(
      ranges.map(({ fromSeq, toSeq, ...rest }) => ({ fromSeq: `${fromSeq}`, toSeq: `${toSeq}`, ...rest })),
    );
  else if (ranges.length === 0) print('Nothing is to be archived.');
  else
    for (const { fromSeq, toSeq, events, file, fileBytes = 0 } of ranges)
      print(
        file === undefined
          ? `Seq ${fromSeq} to ${toSeq}, ${thousands(events)} events: would be written.`
          : `Seq ${fromSeq} to ${toSeq}, ${thousands(events)} events: ${file}, ${thousands(fileBytes)} bytes.`,
      );
  return EXIT.clean;
}

async function check(knex: Knex, flags: Flags): Promise<number> {
  let files = 0;
  const problems = await checkArchive(knex, folderOf(flags), () => {
    files += 1;
  });
  if (flags.json) printJson({ files, problems });
  else {
    for (const { problem } of problems) print(problem);
    if (problems.length === 0) print(`Whole: ${files} files.`);
  }
  return problems.length === 0 ? EXIT.clean : EXIT.findings;
}

async function partition(
  knex: Knex,
  { events, force = false, dryRun = false, json }: Flags,
): Promise<number> {
  const size = events === undefined ? {} : { events: wholeNumber('--events', events, 1_000_000_000) };
  const bounds = await extendOutbox(knex, { ...size, force, dryRun });
  if (json) printJson({ bounds: bounds.map(String) });
  else if (bounds.length === 0) print('An empty partition waits already.');
  else
    print(
      bounds.map((bound) => `A partition ${dryRun ? 'would end' : 'ends'} before seq ${bound}.`).join('\n'),
    );
  return EXIT.clean;
}

async function trim(knex: Knex, flags: Flags): Promise<number> {
  const { dryRun = false, by, json } = flags;
  const keepMs = wholeNumber('--keep-days', flags.keepDays, 36_500) * DAY_MS;
  const decisions = await trimOutbox(knex, { folder: folderOf(flags), keepMs, by, dryRun });
  if (json)
    printJson(
      decisions.map(({ partition: { fromSeq, toSeq }, kept }) => ({
        fromSeq: `${fromSeq}`,
        toSeq: `${toSeq}`,
        kept,
      })),
    );
  else if (decisions.length === 0) print('The outbox has no partition yet: npx jangbu outbox partition');
  else print(decisions.map((decision) => decisionLine(decision, dryRun)).join('\n'));
  return EXIT.clean;
}

function decisionLine({ partition: { fromSeq, toSeq }, kept }: TrimDecision, dryRun: boolean): string {
  const range = `Seq ${fromSeq} to ${toSeq}`;
  if (kept !== null) return `${range} stays: ${kept}.`;
  return `${range} ${dryRun ? 'would be' : 'was'} dropped; its archive has it.`;
}

function partLines({ parts, lastSeq, isTailInUse, readers }: OutboxParts): string[] {
  const rows = parts.map(({ fromSeq, toSeq, isInOutbox, archive }) => [
    `${fromSeq}`,
    `${toSeq}`,
    isInOutbox ? (archive?.trimmedAt ? 'about to go' : 'yes') : 'no',
    archive === null ? '-' : thousands(archive.events),
    archive === null ? '-' : archive.file,
  ]);
  return [
    `last seq  ${lastSeq}`,
    ...readers.map(({ reader, nextSeq }) => `reader    ${reader}, from seq ${nextSeq} on`),
    ...(parts.length === 0 ? [] : textTable(HEADINGS, rows, ['from', 'to', 'archived'])),
    ...(isTailInUse ? ['Events are written to no partition yet: npx jangbu outbox partition'] : []),
  ];
}

function partsToJson({ parts, lastSeq, isTailInUse, readers }: OutboxParts) {
  return {
    lastSeq: `${lastSeq}`,
    isTailInUse,
    readers: readers.map(({ reader, nextSeq, movedAt }) => ({
      reader,
      nextSeq: `${nextSeq}`,
      movedAt: movedAt.toISOString(),
    })),
    parts: parts.map(({ fromSeq, toSeq, isInOutbox, archive }) => ({
      fromSeq: `${fromSeq}`,
      toSeq: `${toSeq}`,
      isInOutbox,
      archive:
        archive === null
          ? null
          : {
              file: archive.file,
              events: archive.events,
              fileBytes: archive.fileBytes,
              archivedAt: archive.archivedAt.toISOString(),
              trimmedAt: archive.trimmedAt?.toISOString() ?? null,
            },
    })),
  };
}

function folderOf({ folder }: Flags): string {
  if (folder === undefined || folder === '')
    throw new UsageError('Say where the archive is: --folder PATH, or OUTBOX_ARCHIVE_FOLDER.');
  return folder;
}
