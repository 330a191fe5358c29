/** Work that was handed on and is not done yet, so much of it at most. */
export class Underway {
  readonly #most: number;
  readonly #works = new Map<Promise<void>, number>();
  #failure: { readonly error: unknown } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param size how much of it this is, as {@link room} was asked for */
  add(work: Promise<void>, size = 1): void {
    const settled = work
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#works.delete(settled));
    this.#works.set(settled, size);
  }

  /** Waits until so much more may be added; where nothing is underway, anything may. */
  async room(size = 1): Promise<void> {
    while (this.#works.size > 0 && this.#size() + size > this.#most) await Promise.race(this.#works.keys());
  }

  /** Throws what one has failed with. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #size(): number {
    return [...this.#works.values()].reduce((sum, size) => sum + size, 0);
  }
}
