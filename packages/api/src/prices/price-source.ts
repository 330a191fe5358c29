import type { Listing, Wanted } from './listing.ts';

export type PriceSourceName = 'naver-shopping' | 'mall';

/** Where prices of the same kind of kimchi are found. One suite of tests holds every source (test/support/price-source-suite.ts). */
export interface PriceSource {
  readonly name: PriceSourceName;
  /**
   * The offers of that kind, in no order; of any weight. Gives up when the signal says so.
   * @throws PriceSourceError
   */
  find(wanted: Wanted, signal: AbortSignal): Promise<readonly Listing[]>;
  /** Lets go of its connections. */
  close(): void;
}

/**
 * `trouble`: the source did not answer as it should. `refused`: it answers, and will not answer this. `limit`: it may not be asked
 * any more today.
 */
export type SourceTrouble = 'trouble' | 'refused' | 'limit';

export class PriceSourceError extends Error {
  readonly kind: SourceTrouble;

  constructor(kind: SourceTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PriceSourceError';
    this.kind = kind;
  }
}
