import type { ReplayPreview, ReplayRun } from '@jangbu/ledger-core';
import { duration, thousands } from './progress.ts';
import { textTable } from './table.ts';

export function runLines(run: ReplayRun, took?: { tookMs: number; eventsBefore: number }): string[] {
  const { runId, status, counts, fromSeq, toSeq, nextSeq } = run;
  const until = status === 'completed' ? toSeq : nextSeq - 1n;
  const events = counts.events - (took?.eventsBefore ?? 0);
  const pace =
    took === undefined
      ? ''
      : `, in ${duration(took.tookMs / 1000)} (${thousands(Math.round((events * 1000) / took.tookMs))}/s)`;
  return [
    `Replay ${runId} ${targetOf(run)} is ${status}: seq ${fromSeq} to ${until}${until === toSeq ? '' : ` of ${toSeq}`}${pace}.`,
    `${thousands(counts.events)} events read; ${outcomeOf(run)}.`,
  ];
}

export function runRows(runs: readonly ReplayRun[], isAtWork: boolean): string[] {
  const rows = runs.map((run) => [
    String(run.runId),
    stateOf(run, isAtWork),
    targetOf(run),
    `${run.fromSeq}–${run.toSeq}`,
    optionsOf(run),
    `${thousands(run.counts.events)} of ${thousands(run.totalEvents)}`,
    outcomeOf(run),
    run.by,
    run.startedAt.toISOString(),
    run.endedAt?.toISOString() ?? '-',
  ]);
  return textTable(
    ['run', 'state', 'what', 'seqs', 'options', 'events', 'outcome', 'by', 'begun', 'ended'],
    rows,
    ['run'],
  );
}

export function previewLines(preview: ReplayPreview): string[] {
  const { fromSeq, toSeq, events, known, wouldApply, wouldPark, entries, accounts, heldSeq, kind } = preview;
  const verb =
    kind === 'publish' ? 'would be published, of which the ledger lacks' : 'of which would be applied';
  const lines = [
    `Seq ${fromSeq} to ${toSeq}: ${thousands(events)} events, ${verb}: ${thousands(wouldApply)}; known already: ${thousands(known)}; to dead letters: ${thousands(wouldPark)}.`,
    `They would post ${thousands(entries)} entries. Nothing was written.`,
  ];
  if (heldSeq !== null)
    lines.push(`Seq ${heldSeq} belongs to an open transaction: a run would end before it.`);
  if (accounts.length === 0) return lines;
  const rows = accounts.map(({ account, currency, debit, credit }) => [account, currency, debit, credit]);
  return [...lines, '', ...textTable(['account', 'currency', 'debit', 'credit'], rows, ['debit', 'credit'])];
}

export function previewToJson({ fromSeq, toSeq, heldSeq, ...rest }: ReplayPreview) {
  return {
    fromSeq: fromSeq.toString(),
    toSeq: toSeq.toString(),
    heldSeq: heldSeq?.toString() ?? null,
    ...rest,
  };
}

function targetOf({ kind, ledger, source }: ReplayRun): string {
  if (kind === 'publish') return `of ${source} to Kafka`;
  return kind === 'apply' ? `into ${ledger}` : `of ${source} into ${ledger}`;
}

function stateOf({ status, cancelAskedBy }: ReplayRun, isAtWork: boolean): string {
  if (status !== 'running') return status;
  if (!isAtWork) return 'interrupted';
  return cancelAskedBy === null ? 'running' : 'ending';
}

function optionsOf({ aggregateId, feePolicy }: ReplayRun): string {
  const options = [
    ...(aggregateId === null ? [] : [`aggregate ${aggregateId}`]),
    ...(feePolicy === null ? [] : [`fee ${feePolicy.feeRate}, VAT ${feePolicy.vatRate}`]),
  ];
  return options.length === 0 ? '-' : options.join('; ');
}

function outcomeOf({ kind, counts }: ReplayRun): string {
  if (kind === 'publish') return `${thousands(counts.published)} published`;
  const { applied, duplicates, parked } = counts;
  return `${thousands(applied)} applied, ${thousands(duplicates)} known already, ${thousands(parked)} to dead letters`;
}
