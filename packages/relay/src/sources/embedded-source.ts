import {
  acquireLeaderLock,
  type ConsumerKey,
  EMBEDDED_TOPIC,
  type Gap,
  isHeldOpen,
  isLedgerError,
  type LeaderLock,
  lastTrimmedSeq,
  leadLockName,
  readEvents,
  readEventsAt,
  readGaps,
  takeLead,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { backoffMs, sleep } from './backoff.ts';
import { missingBetween } from './gaps.ts';
import { PageSize } from './page-size.ts';
import { type Deliver, LOST_AFTER_MS, type OutboxSource, type SourceEvents, type Take } from './source.ts';
import { Strands, type Turn } from './strands.ts';
import { Underway } from './underway.ts';

export interface EmbeddedSourceOptions extends SourceEvents {
  knex: Knex;
  ledgerId: number;
  consumer: string;
  /** How long to wait before asking again when nothing was there, in ms. Default 10. */
  pollMs?: number;
  /** At most so many events are read at once; fewer where they are large. Default 2,000. */
  batchSize?: number;
  /** A gap that no open transaction holds is forgotten at this age, in ms. Default 60,000. */
  deadGapAfterMs?: number;
  clock?: () => Date;
}

/** The partitions of its topic. */
const STRANDS = [0, 1, 2, 3];
const DEFAULTS = { pollMs: 10, batchSize: 2_000, deadGapAfterMs: 60_000, clock: () => new Date() };
/** While the first ends in one strand, the next begins in another. A turn that is no full page is as much less of one. */
const PAGES_AT_ONCE = 2;
const LOCK_WAIT_MS = 2_000;

interface Reading {
  nextSeq: bigint;
  readonly pageSize: PageSize;
  /** Whether the last page was full, so that there may be more at once. */
  isBehind: boolean;
  /** Seqs that were passed by before they were visible; read at every turn, so that a late commit is late by one turn. */
  readonly gaps: Map<bigint, Gap>;
  /** Gaps whose event is applied, and that may be forgotten. */
  readonly applied: bigint[];
}

/**
 * Reads the outbox straight from MySQL. A seq is taken before its transaction commits, so rows appear out of order: a row
 * that is missing below one that is there is remembered as a gap, asked for at every turn, and forgotten only when it is old
 * and no open transaction holds it. One process leads; a raised epoch refuses the batches of one that was overtaken. It reads one page
 * ahead of what is being applied, and no more: a strand that hangs holds up the others only when so much waits for it.
 */
export class EmbeddedSource implements OutboxSource {
  readonly name = 'embedded';
  readonly #options: EmbeddedSourceOptions & typeof DEFAULTS;
  readonly #key: ConsumerKey;
  readonly #stopping = new AbortController();
  #isLeading = false;
  #lock: LeaderLock | undefined;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedSourceOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#key = { ledgerId: options.ledgerId, consumer: options.consumer };
  }

  async start(deliver: Deliver, take?: Take): Promise<void> {
    this.#running = this.#run(deliver, take);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Its epoch is overtaken by the next leader's, so whatever it delivers yet is refused. */
  async abandon(): Promise<void> {
    this.#isLeading = false;
    await this.#lock?.release();
  }

  isReading(): boolean {
    return this.#isLeading;
  }

  async #run(deliver: Deliver, take?: Take): Promise<void> {
    const { knex, onTrouble } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        const lock = await acquireLeaderLock(knex, leadLockName(this.#key), LOCK_WAIT_MS, {
          lostAfterMs: LOST_AFTER_MS,
        });
        if (lock !== undefined) await this.#lead(lock, deliver, take);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        const isOvertaken = isLedgerError(error) && error.code === 'consumer_fenced';
        onTrouble?.(
          isOvertaken ? 'another relay has taken the lead' : 'the embedded source failed and starts again',
          error,
        );
        await sleep(backoffMs(this.#failures++), this.#stopping.signal);
      }
    }
  }

  async #lead(lock: LeaderLock, deliver: Deliver, take?: Take): Promise<void> {
    const { knex, clock, pollMs, onNote } = this.#options;
    this.#lock = lock;
    let strands: Strands | undefined;
    try {
      const { epoch, nextOffsets } = await takeLead(knex, this.#key, EMBEDDED_TOPIC, STRANDS, clock());
      await take?.(EMBEDDED_TOPIC, STRANDS);
      const positions = nextOffsets.map((offset) => (offset === 0n ? 1n : offset));
      strands = new Strands({ topic: EMBEDDED_TOPIC, epoch, positions, deliver });
      const gaps = new Map((await readGaps(knex, this.#key)).map((gap) => [gap.seq, gap]));
      // What has left the outbox is in its archive; a consumer that is new replays it from there.
      const firstSeq = (await lastTrimmedSeq(knex)) + 1n;
      const reading: Reading = {
        nextSeq: lowest(positions) > firstSeq ? lowest(positions) : firstSeq,
        pageSize: new PageSize(this.#options.batchSize),
        isBehind: false,
        gaps,
        applied: [],
      };
      this.#isLeading = true;
      onNote?.('leading', { epoch: epoch.toString(), nextSeq: reading.nextSeq.toString(), gaps: gaps.size });
      const underway = new Underway(PAGES_AT_ONCE);
      while (!this.#stopping.signal.aborted && (await lock.isHeld())) {
        const turn = await this.#read(reading);
        if (turn !== undefined) {
          const pages = (turn.fresh.length + turn.filled.length) / reading.pageSize.current;
          await underway.room(pages);
          underway.add(this.#hand(strands, reading, turn), pages);
        }
        underway.check();
        this.#failures = 0;
        if (!reading.isBehind) await sleep(pollMs, this.#stopping.signal);
      }
    } finally {
      this.#isLeading = false;
      await strands?.settled();
      await lock.release();
    }
  }

  /** One turn: what is new, and what filled a gap. */
  async #read(reading: Reading): Promise<Turn | undefined> {
    const { knex } = this.#options;
    const limit = reading.pageSize.current;
    const fresh = await readEvents(knex, reading.nextSeq, limit);
    reading.isBehind = fresh.length === limit;
    if (fresh.length > 0) reading.pageSize.read(fresh);
    // Asked for after what is new: whatever came before an event of its aggregate is then seen before it.
    const filled = await readEventsAt(knex, [...reading.gaps.keys()]);
    const closed = [...(await this.#findDead(reading)), ...reading.applied.splice(0)];
    if (fresh.length + filled.length + closed.length === 0) return undefined;
    const noticed = missingBetween(
      reading.nextSeq,
      fresh.map(({ seq }) => seq),
    );
    reading.nextSeq = (fresh.at(-1)?.seq ?? reading.nextSeq - 1n) + 1n;
    for (const { seq } of filled) reading.gaps.delete(seq);
    for (const seq of closed) reading.gaps.delete(seq);
    for (const seq of noticed) reading.gaps.set(seq, { seq, noticedAt: this.#options.clock() });
    return { fresh, filled, closed, noticed, nextSeq: reading.nextSeq };
  }

  /** A gap is forgotten once its event is applied, and every strand that passed it by has remembered it. */
  #hand(strands: Strands, reading: Reading, turn: Turn): Promise<void> {
    const applied = strands.hand(turn);
    const seqs = turn.filled.map(({ seq }) => seq);
    // Where a strand fails, the next leader asks for the gaps again.
    if (seqs.length > 0)
      strands.applied().then(
        () => reading.applied.push(...seqs),
        () => {},
      );
    return applied;
  }

  /** Gaps that are old, that no open transaction holds, and that are still not there when asked once more. */
  async #findDead({ gaps }: Reading): Promise<bigint[]> {
    const { knex, clock, deadGapAfterMs } = this.#options;
    const old = [...gaps.values()].filter(
      ({ noticedAt }) => clock().getTime() - noticedAt.getTime() > deadGapAfterMs,
    );
    const dead: bigint[] = [];
    for (const { seq } of old) {
      const isAlive = (await isHeldOpen(knex, seq)) || (await readEventsAt(knex, [seq])).length > 0;
      if (isAlive) gaps.set(seq, { seq, noticedAt: clock() });
      else dead.push(seq);
    }
    return dead;
  }
}

function lowest(positions: readonly bigint[]): bigint {
  return positions.reduce((low, position) => (position < low ? position : low));
}
