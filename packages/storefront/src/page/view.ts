import type { Schemas } from '@jangbu/client';

/** One screen. */
export interface View {
  /** What the tab says; the shop's name follows it. */
  readonly title: string;
  readonly node: Node;
  /** Ends what the view does by itself, such as asking how a payment goes on. */
  leave?(): void;
}

/** What a view has to know of where it stands. */
export interface Place {
  readonly url: URL;
  /** What the address names, such as the kimchi's id. */
  readonly id: string;
  readonly me: Schemas['Me'] | undefined;
  /** Aborted when the buyer has gone elsewhere. */
  readonly signal: AbortSignal;
  /** Goes to another address of the shop. `replace`: the way back does not lead here again. */
  go(path: string, how?: 'replace'): void;
  /** Shows this address anew. */
  reload(): void;
}

export type ViewFactory = (place: Place) => Promise<View>;
