import { type NewEvent, paymentConfirmedEvent } from '@jangbu/ledger-core';
import type { Place } from './place.ts';

/** What a writer has seen commit, so that nothing it was told of can be missing later. */
export interface Writer {
  readonly acknowledged: readonly string[];
  /** Writes on until the transactions in hand are over. */
  stop(): Promise<void>;
}

export interface WriterOptions {
  readonly perSecond: number;
  readonly random: () => number;
}

/** Each lane has keys of its own, so that the events of one key commit in the order of their seqs. */
const LANES = 8;
const KEYS_A_LANE = 5;
const MOST_AT_ONCE = 5;

let payments = 0;

/**
 * Writes payments to the outbox as a busy shop does: in many transactions at once, some of which stay open for a while, so that low
 * seqs appear after higher ones. A transaction that fails is not written again: the next one is another.
 */
export function startWriter(
  { ledger, database }: Pick<Place, 'ledger' | 'database'>,
  { perSecond, random }: WriterOptions,
): Writer {
  const acknowledged: string[] = [];
  let isStopped = false;

  async function lane(number: number): Promise<void> {
    while (!isStopped) {
      const count = 1 + Math.floor(random() * MOST_AT_ONCE);
      const events = Array.from({ length: count }, () =>
        payment(number * KEYS_A_LANE + Math.floor(random() * KEYS_A_LANE)),
      );
      const pauseMs = (count * LANES * 1000) / perSecond;
      const startedAt = Date.now();
      await write(events, random() < 0.1 ? 100 * random() : 0).catch(() => {});
      await sleep(Math.max(1, pauseMs - (Date.now() - startedAt)));
    }
  }

  async function write(events: readonly NewEvent[], holdOpenMs: number): Promise<void> {
    let ids: string[] = [];
    await database.runtime.transaction(async (trx) => {
      ids = await ledger.within(trx).appendEvents(events);
      await sleep(holdOpenMs);
    });
    acknowledged.push(...ids);
  }

  const lanes = Array.from({ length: LANES }, (_, number) => lane(number));
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await Promise.all(lanes);
    },
  };
}

/** A payment of the key's own seller: what the seller's account shows is then what became of that key, in its order. */
function payment(key: number): NewEvent {
  const amount = String(10_000 + (payments % 977));
  const event = paymentConfirmedEvent({
    paymentKey: `chaos-${process.pid}-${++payments}`,
    orderId: `order-${payments}`,
    currency: 'KRW',
    amount,
    approvedAt: new Date().toISOString(),
    shares: [{ sellerId: `key-${key}`, amount }],
  });
  return { ...event, aggregateId: `key-${key}` };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
