import type { LedgerNotice } from './notice.ts';

/** Is called with each notice, after the commit. What it throws becomes an uncaught exception of its own. */
export type Watcher = (notice: LedgerNotice) => void;

/** Who watches a ledger. */
export interface Watchers {
  /** Returns what ends the watch. */
  watch(watcher: Watcher): () => void;
  /** Asks for the notices only if somebody watches. */
  tell(notices: () => Iterable<LedgerNotice>): void;
}

/**
 * Watchers hear of what is committed, so they can no longer refuse it: one that throws is heard as an uncaught exception of
 * its own, and neither the caller nor the other watchers are.
 */
export function createWatchers(): Watchers {
  const watchers = new Set<Watcher>();
  return {
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    tell(notices) {
      if (watchers.size === 0) return;
      for (const notice of notices()) {
        for (const watcher of watchers) queueMicrotask(() => watcher(notice));
      }
    },
  };
}
