import { crc32 } from 'node:zlib';
import type { DeliveredEvent } from '@jangbu/ledger-core';
import type { Deliver } from './source.ts';

/** What one turn of reading the outbox has found. */
export interface Turn {
  /** In the order of the outbox. */
  readonly fresh: readonly DeliveredEvent[];
  /** Events whose seq had been passed by as a gap. */
  readonly filled: readonly DeliveredEvent[];
  /** Seqs that were passed by in this turn. */
  readonly noticed: readonly bigint[];
  /** Gaps whose event is applied, or that will never be filled. */
  readonly closed: readonly bigint[];
  /** Everything before it was read, or is a gap. */
  readonly nextSeq: bigint;
}

export interface StrandsOptions {
  readonly topic: string;
  readonly epoch: bigint;
  /** Where each strand stands: all its events below are applied, or are gaps. */
  readonly positions: readonly bigint[];
  readonly deliver: Deliver;
}

/** A strand without events is moved on once it is so many seqs behind, so that the next leader has little to read again. */
const FARTHEST_BEHIND = 10_000n;

type StrandBatch = Parameters<Deliver>[0] & Required<Pick<Parameters<Deliver>[0], 'leader'>>;

/**
 * Parts the outbox into strands by aggregate, as Kafka parts a topic into partitions: each is applied in order, and beside the others, so
 * that MySQL works on one batch while Node prepares the next, and one that hangs holds up none of the others. Every strand has its own
 * stored offset. What a strand is handed while it is busy becomes its next batch, however many turns brought it.
 */
export class Strands {
  readonly #options: StrandsOptions;
  readonly #positions: bigint[];
  readonly #tails: Promise<void>[];
  readonly #waiting: (StrandBatch | undefined)[];

  constructor(options: StrandsOptions) {
    this.#options = options;
    this.#positions = [...options.positions];
    this.#tails = options.positions.map(() => Promise.resolve());
    this.#waiting = options.positions.map(() => undefined);
  }

  /** Delivers to each strand what is its own, after what it was handed before. Resolves when all of this turn is applied. */
  async hand(turn: Turn): Promise<void> {
    const batches = this.#positions.flatMap((_, strand) => this.#batchOf(strand, turn) ?? []);
    await Promise.all(batches.map((batch) => this.#queue(batch)));
  }

  /** Resolves when all that was handed so far is applied, in every strand; rejects when one has failed. */
  async applied(): Promise<void> {
    await Promise.all(this.#tails);
  }

  /** Resolves when nothing is on its way any more, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#tails);
  }

  /** What of a turn is a strand's own, if anything; the strand stands behind it from then on. */
  #batchOf(strand: number, turn: Turn): StrandBatch | undefined {
    const { topic, epoch } = this.#options;
    const position = this.#positions[strand] ?? 1n;
    const isOwn = (event: DeliveredEvent) => strandOfAggregate(event, this.#positions.length) === strand;
    // What stands below is applied: another strand was behind, so it was read again.
    const fresh = turn.fresh.filter((event) => event.seq >= position && isOwn(event));
    const events = [...turn.filled.filter(isOwn), ...fresh];
    // One strand forgets them for all.
    const gapsClosed = strand === 0 ? turn.closed : [];
    // Whose event a gap hides is not known, so each strand that passes it by remembers it.
    const mustMove = turn.noticed.length > 0 || turn.nextSeq - position > FARTHEST_BEHIND;
    if (events.length + gapsClosed.length === 0 && !mustMove) return undefined;
    const nextOffset = turn.nextSeq > position ? turn.nextSeq : position;
    this.#positions[strand] = nextOffset;
    const leader = { epoch, gapsNoticed: turn.noticed, gapsClosed };
    return { topic, partition: strand, events, fromOffset: position, nextOffset, leader };
  }

  /** Nothing more is delivered in a strand that has failed. */
  #queue(batch: StrandBatch): Promise<void> {
    const { partition } = batch;
    const before = this.#tails[partition] ?? Promise.resolve();
    const waiting = this.#waiting[partition];
    this.#waiting[partition] = waiting === undefined ? batch : joined(waiting, batch);
    if (waiting !== undefined) return before;
    const tail = before.then(() => {
      const next = this.#waiting[partition] ?? batch;
      this.#waiting[partition] = undefined;
      return this.#options.deliver(next);
    });
    this.#tails[partition] = tail;
    return tail;
  }
}

function joined(first: StrandBatch, second: StrandBatch): StrandBatch {
  return {
    ...second,
    events: [...first.events, ...second.events],
    fromOffset: first.fromOffset,
    leader: {
      epoch: second.leader.epoch,
      gapsNoticed: [...first.leader.gapsNoticed, ...second.leader.gapsNoticed],
      gapsClosed: [...first.leader.gapsClosed, ...second.leader.gapsClosed],
    },
  };
}

/** Events of one aggregate are in one strand, whichever process reads them. */
export function strandOfAggregate(
  { aggregateType, aggregateId }: Pick<DeliveredEvent, 'aggregateType' | 'aggregateId'>,
  count: number,
): number {
  return crc32(`${aggregateType} ${aggregateId}`) % count;
}
