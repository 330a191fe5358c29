import type { Lineage } from '@jangbu/ledger-core';
import type { Command, Option } from 'commander';
import { EXIT, print, printJson, run, withLedger } from './context.ts';

/** `jangbu trace`: from whatever somebody has in hand to the payment, event, offset and entries. */
export function addTrace(program: Command, options: { ledger(): Option; json(): Option }): void {
  program
    .command('trace <term>')
    .description('follow money both ways: request, outbox event, Kafka offset, journal entries')
    .addHelpText(
      'after',
      `
The term is an entry's id (ent_…) or idempotency key, an event's id, an outbox seq, topic:partition:offset, the id of a trace or
its whole traceparent, a paymentKey (or another aggregate's id), or an order's id. Exit code 1 when nothing is found.`,
    )
    .addOption(options.ledger())
    .addOption(options.json())
    .action((term: string, { ledger: name, json }: { ledger: string; json?: boolean }) =>
      run(async () => {
        const found = await withLedger(name, (ledger) => ledger.trace(term));
        if (json) printJson(found.map(toJson));
        else print(found.length === 0 ? `Nothing is known of ${term}.` : found.map(linesOf).join('\n\n'));
        return found.length === 0 ? EXIT.findings : EXIT.clean;
      }),
    );
}

export function linesOf({ event, archivedIn, applied, deadLetter, entries }: Lineage): string {
  return [
    ...eventLines(event, archivedIn),
    deadLetter === null
      ? undefined
      : `dead letter  ${deadLetter.reasonCode}, parked at ${deadLetter.parkedAt.toISOString()}, ${deadLetter.resolution ?? 'waits'}: ${deadLetter.reason}`,
    applied === null
      ? `applied      ${deadLetter?.resolution === 'discarded' ? 'never, because it was discarded' : 'not yet'}`
      : `applied      ${applied.topic}:${applied.partition}:${applied.offset} at ${applied.appliedAt.toISOString()}`,
    ...entries.map(
      ({ entryId, kind, bookedAt, idempotencyKey }) =>
        `entry        ${entryId} ${kind}, booked ${bookedAt.toISOString()}, key ${idempotencyKey}`,
    ),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function eventLines(event: Lineage['event'], archivedIn: string | null): string[] {
  if (archivedIn !== null) return [`event        has left the outbox, and is in ${archivedIn}`];
  if (event === null) return ['event        none'];
  return [
    `trace        ${event.traceId ?? 'none'}`,
    `${event.aggregateType.padEnd(12)} ${event.aggregateId}`,
    `event        ${event.eventId} ${event.eventType} version ${event.eventVersion}`,
    `outbox       seq ${event.seq}, written ${event.writtenAt.toISOString()}`,
  ];
}

function toJson({ event, archivedIn, applied, deadLetter, entries }: Lineage) {
  return {
    event: event === null ? null : { ...event, seq: event.seq.toString() },
    archivedIn,
    applied: applied === null ? null : { ...applied, offset: applied.offset.toString() },
    deadLetter,
    entries,
  };
}
