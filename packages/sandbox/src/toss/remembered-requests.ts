import { hasLapsed, type RememberedRequest } from './idempotency.ts';

/**
 * The requests that came with an idempotency key, oldest first. What has lapsed goes when something new comes, and beyond
 * `largest` the oldest goes early: a sandbox that runs for days must not grow without end.
 */
export class RememberedRequests<Answer> {
  readonly #byScope = new Map<string, RememberedRequest<Answer>>();
  readonly #largest: number;

  constructor(largest: number) {
    this.#largest = largest;
  }

  get size(): number {
    return this.#byScope.size;
  }

  find(scope: string): RememberedRequest<Answer> | undefined {
    return this.#byScope.get(scope);
  }

  begin(scope: string, now: Date): void {
    this.#forgetOld(now);
    this.#byScope.delete(scope);
    this.#byScope.set(scope, { firstUsedAt: now });
  }

  finish(scope: string, answer: Answer): void {
    const begun = this.#byScope.get(scope);
    if (begun !== undefined) this.#byScope.set(scope, { ...begun, answer });
  }

  /** For a request that was never answered: as if it had not come. */
  forget(scope: string): void {
    this.#byScope.delete(scope);
  }

  #forgetOld(now: Date): void {
    for (const [scope, remembered] of this.#byScope) {
      if (this.#byScope.size < this.#largest && !hasLapsed(remembered, now)) return;
      this.#byScope.delete(scope);
    }
  }
}
