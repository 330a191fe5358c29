/** Work that was handed on and is not done yet, so much of it at most. */
export class Underway {
  readonly #most: number;
  readonly #works = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(work: Promise<void>): void {
    const settled = work
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#works.delete(settled));
    this.#works.add(settled);
  }

  /** Waits until more may be added. */
  async room(): Promise<void> {
    while (this.#works.size >= this.#most) await Promise.race(this.#works);
  }

  /** Throws what one has failed with. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
