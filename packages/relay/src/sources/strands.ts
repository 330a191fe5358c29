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

/**
 * Parts the outbox into strands by aggregate, as Kafka parts a topic into partitions: each is applied in order, and beside the others, so
 * that MySQL works on one batch while Node prepares the next. Every strand has its own stored offset.
 */
export class Strands {
  readonly #options: StrandsOptions;
  readonly #positions: bigint[];
  readonly #tails: Promise<void>[];

  constructor(options: StrandsOptions) {
    this.#options = options;
    this.#positions = [...options.positions];
    this.#tails = options.positions.map(() => Promise.resolve());
  }

  /** Delivers to each strand what is its own, after what it was handed before. Resolves when all of that is applied. */
  async hand(turn: Turn): Promise<void> {
    const count = this.#tails.length;
    const strandOf = (event: DeliveredEvent) => strandOfAggregate(event, count);
    const tails = this.#tails.map((tail, strand) => {
      const position = this.#positions[strand] ?? 1n;
      const filled = turn.filled.filter((event) => strandOf(event) === strand);
      // What stands below is applied: another strand was behind, so it was read again.
      const fresh = turn.fresh.filter((event) => event.seq >= position && strandOf(event) === strand);
      // One strand forgets them for all.
      const gapsClosed = strand === 0 ? turn.closed : [];
      // Whose event a gap hides is not known, so each strand that passes it by remembers it.
      const mustMove = turn.noticed.length > 0 || turn.nextSeq - position > FARTHEST_BEHIND;
      if (filled.length + fresh.length + gapsClosed.length === 0 && !mustMove) return tail;
      const nextOffset = turn.nextSeq > position ? turn.nextSeq : position;
      this.#positions[strand] = nextOffset;
      return tail.then(() =>
        this.#options.deliver({
          topic: this.#options.topic,
          partition: strand,
          events: [...filled, ...fresh],
          fromOffset: position,
          nextOffset,
          leader: { epoch: this.#options.epoch, gapsNoticed: turn.noticed, gapsClosed },
        }),
      );
    });
    this.#tails.splice(0, count, ...tails);
    await Promise.all(tails);
  }

  /** Resolves when nothing is on its way any more, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#tails);
  }
}

/** Events of one aggregate are in one strand, whichever process reads them. */
export function strandOfAggregate(
  { aggregateType, aggregateId }: Pick<DeliveredEvent, 'aggregateType' | 'aggregateId'>,
  count: number,
): number {
  return crc32(`${aggregateType} ${aggregateId}`) % count;
}
