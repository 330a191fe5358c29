import type { Lag } from '@jangbu/ledger-core';
import { type Job, type Jobs, startJobs } from '../jobs.ts';
import { within } from './backoff.ts';
import { isSilent, patienceMs } from './silence.ts';
import type { Deliver, OutboxSource, SourceEvents, Take } from './source.ts';

export interface WatchedSourceOptions extends Pick<SourceEvents, 'onTrouble'> {
  make(): OutboxSource;
  lag(): Promise<Lag>;
  /** So long events may wait while nothing is applied, before the source is replaced, in ms. Default 30,000. */
  readonly silenceMs?: number;
  readonly clock?: () => Date;
}

const DEFAULT_SILENCE_MS = 30_000;
const STOP_WITHIN_MS = 3_000;

/**
 * A source that is replaced when it falls silent: events wait, and nobody has applied any for some time, although this source says that
 * it reads and the relay waits for it. A reader that stops without an error is known to happen. Each replacement that changes
 * nothing makes the next one later, since the cause may lie before the source, such as a connector that is down.
 */
export class WatchedSource implements OutboxSource {
  readonly #options: WatchedSourceOptions;
  readonly #clock: () => Date;
  readonly #silenceMs: number;
  #source: OutboxSource;
  #deliver: Deliver | undefined;
  #take: Take | undefined;
  #jobs: Jobs | undefined;
  #inHand = 0;
  #sign: Date;
  #replacements = 0;

  constructor(options: WatchedSourceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => new Date());
    this.#silenceMs = options.silenceMs ?? DEFAULT_SILENCE_MS;
    this.#source = options.make();
    this.#sign = this.#clock();
  }

  get name(): OutboxSource['name'] {
    return this.#source.name;
  }

  async start(deliver: Deliver, take?: Take): Promise<void> {
    this.#deliver = deliver;
    this.#take = take;
    this.#sign = this.#clock();
    await this.#source.start(this.#watching(this.#source, deliver), take);
    const watch: Job = {
      name: 'watching the source',
      everyMs: Math.min(5_000, this.#silenceMs / 4),
      run: () => this.#watch(),
    };
    this.#jobs = startJobs([watch], (message, error) => this.#options.onTrouble?.(message, error));
  }

  async stop(): Promise<void> {
    await this.#jobs?.stop();
    await this.#source.stop();
  }

  isReading(): boolean {
    return this.#source.isReading();
  }

  /** What a source delivers after it was replaced is refused, so that it cannot come between what its successor delivers. */
  #watching(source: OutboxSource, deliver: Deliver): Deliver {
    return async (batch) => {
      if (source !== this.#source) throw new Error('This source was replaced.');
      this.#inHand += 1;
      try {
        await deliver(batch);
        this.#replacements = 0;
      } finally {
        this.#inHand -= 1;
        this.#sign = this.#clock();
      }
    };
  }

  async #watch(): Promise<void> {
    const { lag, onTrouble } = this.#options;
    const patience = patienceMs(this.#silenceMs, this.#replacements);
    const now = this.#clock();
    // A batch in hand is the relay's to end, and without reading there is somebody else who reads, or a reason that was told.
    if (this.#inHand > 0 || !this.#source.isReading()) return;
    if (now.getTime() - this.#sign.getTime() < patience) return;
    if (!isSilent(await lag(), now, patience)) return;
    onTrouble?.('events wait and none is applied; the source is replaced', `after ${patience} ms`);
    this.#replacements += 1;
    this.#sign = now;
    await this.#replace();
  }

  async #replace(): Promise<void> {
    const deliver = this.#deliver;
    if (deliver === undefined) return;
    const old = this.#source;
    this.#source = this.#options.make();
    // A source that hangs may never end; it then gives up what its successor needs.
    if (!(await within(STOP_WITHIN_MS, old.stop()))) await within(STOP_WITHIN_MS, old.abandon?.());
    await this.#source.start(this.#watching(this.#source, deliver), this.#take);
  }
}
