export interface CacheOptions {
  /** So long an answer is given without asking anew. */
  readonly freshMs: number;
  /** From then on it is given at once, and asked anew behind it; beyond this age the new answer is waited for. */
  readonly staleMs: number;
  /** So old an answer may be given where no new one is to be had. */
  readonly keepMs: number;
  /** How many keys are kept; the one that was asked for longest ago goes first. */
  readonly largest: number;
  readonly clock: () => Date;
}

export interface CachedAnswer<Value> {
  readonly value: Value;
  readonly asOf: Date;
  /** Why the last try to get a newer one failed; undefined where it did not, or has not ended. */
  readonly failure: unknown;
}

export interface RefreshingCache<Value> {
  /**
   * However many ask for a key at once, it is loaded once.
   * @throws what `load` threw, where nothing older may be given
   */
  get(key: string, load: () => Promise<Value>): Promise<CachedAnswer<Value>>;
  /** How much longer the answer needs no asking. */
  freshForMs(answer: CachedAnswer<Value>): number;
}

interface Entry<Value> {
  answer: CachedAnswer<Value> | undefined;
  refresh: Promise<void> | undefined;
  failure: unknown;
}

export function createRefreshingCache<Value>(options: CacheOptions): RefreshingCache<Value> {
  const { freshMs, staleMs, keepMs, largest, clock } = options;
  const entries = new Map<string, Entry<Value>>();
  const ageMs = ({ asOf }: CachedAnswer<Value>) => clock().getTime() - asOf.getTime();

  /** Puts the entry last, as the one that was asked for last. */
  function touch(key: string): Entry<Value> {
    const entry = entries.get(key) ?? { answer: undefined, refresh: undefined, failure: undefined };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > largest) entries.delete(entries.keys().next().value ?? key);
    return entry;
  }

  async function refresh(key: string, entry: Entry<Value>, load: () => Promise<Value>): Promise<void> {
    try {
      const value = await load();
      entry.answer = { value, asOf: clock(), failure: undefined };
      entry.failure = undefined;
    } catch (error) {
      entry.failure = error;
      if (entry.answer !== undefined) entry.answer = { ...entry.answer, failure: error };
      else if (entries.get(key) === entry) entries.delete(key);
    } finally {
      entry.refresh = undefined;
    }
  }

  return {
    async get(key, load) {
      const entry = touch(key);
      if (entry.answer !== undefined && ageMs(entry.answer) < freshMs) return entry.answer;
      entry.refresh ??= refresh(key, entry, load);
      if (entry.answer !== undefined && ageMs(entry.answer) < staleMs) return entry.answer;
      await entry.refresh;
      if (entry.answer === undefined || ageMs(entry.answer) >= keepMs) throw entry.failure;
      return entry.answer;
    },
    freshForMs: (answer) => Math.max(0, freshMs - ageMs(answer)),
  };
}
