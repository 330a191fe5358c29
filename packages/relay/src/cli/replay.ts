import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { setFlagsFromString } from 'node:v8';
import {
  beginReplay,
  cancelReplay,
  isReplayAtWork,
  previewReplay,
  proceedReplay,
  type ReplayRun,
  type ReplaySession,
  readReplay,
  readReplays,
  replayJson,
  resumeReplay,
} from '@jangbu/ledger-core';
import { findStack, usualInstance } from '@jangbu/stack';
import { type Command, Option } from 'commander';
import type { Knex } from 'knex';
import { eventPublisher } from '../replay/publisher.ts';
import { settlementHandlers } from '../settlement-handlers.ts';
import { muteKafkajsTimerWarning } from '../sources/kafkajs-warning.ts';
import { EXIT, print, printJson, run, UsageError, withDatabase } from './context.ts';
import { showProgress } from './progress.ts';
import {
  archiveFolderOf,
  assertSensible,
  type ReplayFlags,
  toRequest,
  wholeNumber,
} from './replay-options.ts';
import { previewLines, previewToJson, runLines, runRows } from './replay-text.ts';

/** The lock, the page that is applied, and the one that is read ahead have a connection each; one more is for looking. */
const POOL_SIZE = 4;
const CANCEL_WAIT_MS = 30_000;
const SAME_INTERRUPT_MS = 500;

/** `jangbu replay` and `jangbu replays`. */
export function addReplay(program: Command, options: { ledger(): Option; json(): Option }): void {
  program
    .command('replay')
    .description('bring events of the outbox to the ledger once more, or rebuild its books in a fresh one')
    .option(
      '--from <place>',
      'an outbox seq, an instant such as 2026-11-23T09:00:00Z, or topic:partition:offset',
    )
    .option('--to <place>', 'the last one, included; default: the end of the outbox')
    .option('--aggregate <id>', 'only events of this aggregate, such as a paymentKey')
    .option(
      '--into <ledger>',
      'rebuild the books in this ledger, which must be new; --from then defaults to the beginning',
    )
    .option('--policy <file>', 'with --into: settle by other rates, {"feeRate": "0.04", "vatRate": "0.1"}')
    .option('--through-kafka', 'send the events to Kafka once more, instead of applying them here')
    .addOption(
      new Option('--archive <path>', 'where events are that have left the outbox').env(
        'OUTBOX_ARCHIVE_FOLDER',
      ),
    )
    .option('--dry-run', 'only say what would change')
    .option('--resume [run]', 'go on with a run whose process was killed')
    .option('--cancel <run>', 'end a run after the page in hand')
    .option('--page-size <events>', 'events in one transaction', '500')
    .addOption(new Option('--by <who>', 'who asks, for the auditor').default(userInfo().username))
    .option('--yes', 'do not ask')
    .addOption(options.ledger())
    .addOption(options.json())
    .action((flags: ReplayFlags) => run(() => withDatabase((knex) => replay(knex, flags), POOL_SIZE)));

  program
    .command('replays')
    .description('every replay there was: who, when, which range, what came of it')
    .option('--limit <count>', 'how many at most', '50')
    .addOption(options.json())
    .action(({ limit, json }: { limit: string; json?: boolean }) =>
      run(() => withDatabase((knex) => list(knex, wholeNumber('--limit', limit, 10_000), json === true))),
    );
}

async function replay(knex: Knex, flags: ReplayFlags): Promise<number> {
  assertSensible(flags);
  const pageSize = wholeNumber('--page-size', flags.pageSize, 5_000);
  if (flags.cancel !== undefined)
    return cancel(knex, flags, wholeNumber('--cancel', flags.cancel, 4_294_967_295));
  if (flags.dryRun === true) return preview(knex, flags);
  const session = flags.resume === undefined ? await begin(knex, flags) : await resume(knex, flags.resume);
  try {
    return await work(knex, session, flags, pageSize);
  } catch (error) {
    const { runId } = session.run;
    process.stderr.write(`Replay ${runId} was interrupted; it goes on with: jangbu replay --resume\n`);
    throw error;
  } finally {
    await session.close();
  }
}

async function begin(knex: Knex, flags: ReplayFlags): Promise<ReplaySession> {
  const request = await toRequest(knex, flags);
  // A run that cannot go anywhere is not begun.
  if (flags.throughKafka === true) await kafka();
  if (flags.yes !== true) await confirm(flags);
  const session = await beginReplay(knex, request);
  if (session.heldSeq !== null)
    process.stderr.write(`Seq ${session.heldSeq} belongs to an open transaction: the run ends before it.\n`);
  return session;
}

function resume(knex: Knex, runId: string | true): Promise<ReplaySession> {
  return resumeReplay(knex, runId === true ? undefined : wholeNumber('--resume', runId, 4_294_967_295));
}

async function work(
  knex: Knex,
  session: ReplaySession,
  flags: ReplayFlags,
  pageSize: number,
): Promise<number> {
  const { run: begun } = session;
  // Garbage would otherwise pile up to several times what is in use before it is collected.
  setFlagsFromString('--heap-growing-percent=100');
  const publisher = begun.kind === 'publish' ? eventPublisher(await kafka()) : undefined;
  const view = showProgress(process.stderr, begun.counts.events);
  const stopping = new AbortController();
  process.on('SIGINT', onInterrupt(stopping));
  const startedAt = performance.now();
  try {
    const ended = await proceedReplay(session, {
      knex,
      handlers: settlementHandlers({ name: begun.source }, begun.feePolicy ?? undefined),
      ...(publisher === undefined ? {} : { publish: publisher.publish }),
      signal: stopping.signal,
      pageSize,
      archiveFolder: archiveFolderOf(flags),
      onProgress: ({ counts, totalEvents }) => view.update(counts.events, totalEvents),
    });
    view.end();
    const tookMs = performance.now() - startedAt;
    if (flags.json) printJson(replayJson(ended));
    else print(runLines(ended, { tookMs, eventsBefore: begun.counts.events }).join('\n'));
    return exitCodeOf(ended);
  } finally {
    await publisher?.close();
  }
}

/**
 * Ctrl-C ends the run after the page in hand; once more, later, ends the process, and the run can be resumed. The first often comes
 * twice at once, from the terminal and from npx.
 */
function onInterrupt(stopping: AbortController): () => void {
  let firstAt: number | undefined;
  return () => {
    firstAt ??= Date.now();
    stopping.abort();
    if (Date.now() - firstAt > SAME_INTERRUPT_MS) process.exit(EXIT.failed);
  };
}

async function preview(knex: Knex, flags: ReplayFlags): Promise<number> {
  const request = await toRequest(knex, flags);
  const view = showProgress(process.stderr);
  const handlers = settlementHandlers({ name: request.ledger }, request.feePolicy);
  const seen = await previewReplay(knex, request, handlers, {
    onProgress: (done, total) => view.update(done, total),
  });
  view.end();
  if (flags.json) printJson(previewToJson(seen));
  else print(previewLines(seen).join('\n'));
  return seen.wouldPark === 0 ? EXIT.clean : EXIT.findings;
}

/** Asks, and waits for whoever is at the run to finish its page. */
async function cancel(knex: Knex, { by, json }: ReplayFlags, runId: number): Promise<number> {
  let cancelled = await cancelReplay(knex, runId, by);
  const deadline = Date.now() + CANCEL_WAIT_MS;
  while (cancelled.status === 'running' && Date.now() < deadline) {
    await new Promise((next) => setTimeout(next, 100));
    cancelled = await readReplay(knex, runId);
  }
  if (json) printJson(replayJson(cancelled));
  else if (cancelled.status === 'running') print(`Replay ${runId} ends after the page in hand.`);
  else print(runLines(cancelled).join('\n'));
  return EXIT.clean;
}

async function list(knex: Knex, limit: number, json: boolean): Promise<number> {
  const runs = await readReplays(knex, { limit });
  const isAtWork = await isReplayAtWork(knex);
  if (json)
    printJson(
      runs.map((one) => ({ ...replayJson(one), interrupted: one.status === 'running' && !isAtWork })),
    );
  else print(runs.length === 0 ? 'No replay was run yet.' : runRows(runs, isAtWork).join('\n'));
  return EXIT.clean;
}

async function confirm({ ledger, into, throughKafka, from = 'the beginning', to = 'the end' }: ReplayFlags) {
  const what = throughKafka === true ? 'to Kafka' : `into ledger ${into ?? ledger}`;
  const question = `Replay the outbox from ${from} to ${to} ${what}?`;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say --yes, or look first with --dry-run.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was replayed.');
  } finally {
    terminal.close();
  }
}

async function kafka(): Promise<{ brokers: string[]; topicPrefix: string }> {
  const { KAFKA_BROKERS, TOPIC_PREFIX } = process.env;
  muteKafkajsTimerWarning();
  const brokers = KAFKA_BROKERS || (await findStack(usualInstance()))?.kafkaBrokers;
  if (brokers === undefined) throw new UsageError('No Kafka: set KAFKA_BROKERS, or run npm start.');
  return { brokers: brokers.split(','), topicPrefix: TOPIC_PREFIX || 'jangbu' };
}

function exitCodeOf({ status, counts }: ReplayRun): number {
  return status === 'completed' && counts.parked === 0 ? EXIT.clean : EXIT.findings;
}
