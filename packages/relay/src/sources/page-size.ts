import type { DeliveredEvent } from '@jangbu/ledger-core';

/** What is read at once should hold about so much payload: three pages are in memory at most, two of them being applied. */
const PAGE_BYTES = 1_500_000;
const FIRST = 500;

/** How many events to read at once, by how large those were that were read last. */
export class PageSize {
  readonly #most: number;
  #size: number;

  constructor(most: number) {
    this.#most = most;
    this.#size = Math.min(FIRST, most);
  }

  get current(): number {
    return this.#size;
  }

  /** Told of each page that was not empty. */
  read(page: readonly Pick<DeliveredEvent, 'payload'>[]): void {
    const bytes = page.reduce((sum, { payload }) => sum + payload.length, 0);
    const fitting = Math.floor((PAGE_BYTES * page.length) / Math.max(bytes, 1));
    this.#size = Math.min(this.#most, this.#size * 2, Math.max(1, fitting));
  }
}
