import { fromSqlInstant } from '../database/instants.ts';

/** A line, as far as a span knows of it. Its effective time is text as MySQL has it, which sorts as the instants do. */
export interface SpanLine {
  readonly sequence: bigint;
  readonly amount: bigint;
  readonly effectiveAt: string;
  readonly entryId: Buffer;
}

/** So many lines are summed at once. The stored spans depend on it, so it does not change. */
export const SPAN_LINES = 1_000n;

/** Consecutive lines of an account: what they come to, and the least and greatest of their times. */
export interface Span {
  readonly firstSequence: bigint;
  readonly lastSequence: bigint;
  readonly amount: bigint;
  readonly firstEffectiveAt: string;
  readonly lastEffectiveAt: string;
  readonly firstEntryId: Buffer;
  readonly lastEntryId: Buffer;
}

/** How far an account has come with a span that is in order: the highest times so far, and what all such spans come to. */
export interface SpanOrder {
  readonly highestEffectiveAt: string;
  readonly highestEntryId: Buffer;
  readonly total: bigint;
}

/** A span that is in the order of those before it, or out of it: null. */
export interface RankedSpan extends Span {
  readonly order: SpanOrder | null;
}

/** A line is out of order when it lies further than this from where its neighbours let one expect it. */
export const SLACK_MS = 60_000;
/** With more than this the lines have no order that would help, and cutting them up only costs rows. */
const MOST_SPANS = 64;

/** Whether what happened in a span took no longer than its booking did: then no line of it is far out of order. */
export function isOrderly(span: Span): boolean {
  const happened = effectiveMs(span.lastEffectiveAt) - effectiveMs(span.firstEffectiveAt);
  const booked = bookedMs(span.lastEntryId) - bookedMs(span.firstEntryId);
  return happened <= booked + SLACK_MS;
}

/**
 * Tells the spans that go on from those before them in both times, but for the slack, from those that are out of order. Nothing in
 * order is dated ahead of its booking: the next lines would have to wait for that time to be in order again.
 */
export function rankSpans(spans: readonly Span[], previous: SpanOrder | undefined): RankedSpan[] {
  let last = previous;
  return spans.map((span) => {
    if (!isInOrder(span, last)) return { ...span, order: null };
    last = orderAfter(span, last);
    return { ...span, order: last };
  });
}

function isInOrder(span: Span, previous: SpanOrder | undefined): boolean {
  const isAhead = effectiveMs(span.lastEffectiveAt) > bookedMs(span.lastEntryId) + SLACK_MS;
  if (isAhead || previous === undefined) return !isAhead;
  return (
    effectiveMs(span.firstEffectiveAt) >= effectiveMs(previous.highestEffectiveAt) - SLACK_MS &&
    bookedMs(span.firstEntryId) >= bookedMs(previous.highestEntryId) - SLACK_MS
  );
}

function orderAfter(span: Span, previous: SpanOrder | undefined): SpanOrder {
  const { lastEffectiveAt, lastEntryId, amount } = span;
  if (previous === undefined)
    return { highestEffectiveAt: lastEffectiveAt, highestEntryId: lastEntryId, total: amount };
  const { highestEffectiveAt, highestEntryId, total } = previous;
  return {
    highestEffectiveAt: lastEffectiveAt > highestEffectiveAt ? lastEffectiveAt : highestEffectiveAt,
    highestEntryId: Buffer.compare(lastEntryId, highestEntryId) > 0 ? lastEntryId : highestEntryId,
    total: total + amount,
  };
}

/**
 * Cuts lines where one is far out of order, so that it does not make one wide span of them all. Any cut is right; a good one
 * leaves narrow spans.
 */
export function cutSpans(lines: readonly SpanLine[]): Span[] {
  const spans: Span[] = [];
  let isDetour = true;
  for (const [index, line] of lines.entries()) {
    const open = spans.at(-1);
    const previous = lines[index - 1];
    const step: Step = open && previous ? stepTo(line, previous, open, isDetour) : 'out of order';
    if (open !== undefined && step === 'on') {
      spans[spans.length - 1] = joined(open, spanOf(line));
      continue;
    }
    spans.push(spanOf(line));
    isDetour = step === 'out of order';
  }
  return spans.length <= MOST_SPANS ? spans : [spans.reduce(joined)];
}

type Step = 'on' | 'out of order' | 'back in order';

/**
 * A step back, or to what is dated ahead, leads out of order: onto a detour. The step forward that ends a detour leads back. On
 * its way, a span may make steps forward: old books that are entered in a row have nothing else.
 */
function stepTo(line: SpanLine, previous: SpanLine, open: Span, isDetour: boolean): Step {
  const [happened, booked] = [effectiveMs(line.effectiveAt), bookedMs(line.entryId)];
  if (happened < effectiveMs(open.lastEffectiveAt) - SLACK_MS) return 'out of order';
  const step = happened - effectiveMs(previous.effectiveAt);
  if (step <= booked - bookedMs(previous.entryId) + SLACK_MS) return 'on';
  if (happened > booked + SLACK_MS) return 'out of order';
  return isDetour ? 'back in order' : 'on';
}

function spanOf({ sequence, amount, effectiveAt, entryId }: SpanLine): Span {
  return {
    firstSequence: sequence,
    lastSequence: sequence,
    amount,
    firstEffectiveAt: effectiveAt,
    lastEffectiveAt: effectiveAt,
    firstEntryId: entryId,
    lastEntryId: entryId,
  };
}

function joined(a: Span, b: Span): Span {
  const byId = [a.firstEntryId, a.lastEntryId, b.firstEntryId, b.lastEntryId].sort(Buffer.compare);
  return {
    firstSequence: a.firstSequence,
    lastSequence: b.lastSequence,
    amount: a.amount + b.amount,
    firstEffectiveAt: a.firstEffectiveAt < b.firstEffectiveAt ? a.firstEffectiveAt : b.firstEffectiveAt,
    lastEffectiveAt: a.lastEffectiveAt > b.lastEffectiveAt ? a.lastEffectiveAt : b.lastEffectiveAt,
    firstEntryId: byId[0] ?? a.firstEntryId,
    lastEntryId: byId.at(-1) ?? a.lastEntryId,
  };
}

function effectiveMs(text: string): number {
  return fromSqlInstant(text).getTime();
}

/** An entry's id begins with the millisecond of its booking. */
function bookedMs(entryId: Buffer): number {
  return entryId.readUIntBE(0, 6);
}
