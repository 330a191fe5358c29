import { koreaTime } from '../toss/korea-time.ts';

/** How many calls each client has made on the present day of Korea. */
export class CallCounts {
  #day = '';
  #byClient = new Map<string, number>();

  /** Counts one more, and returns how many it is by now. */
  add(clientId: string, now: Date): number {
    this.#turnTo(now);
    const count = this.of(clientId, now) + 1;
    this.#byClient.set(clientId, count);
    return count;
  }

  of(clientId: string, now: Date): number {
    this.#turnTo(now);
    return this.#byClient.get(clientId) ?? 0;
  }

  #turnTo(now: Date): void {
    const day = koreaTime(now).slice(0, 10);
    if (day !== this.#day) this.#byClient.clear();
    this.#day = day;
  }
}
