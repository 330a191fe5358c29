import type { Batch, DeliveredEvent } from '@jangbu/ledger-core';
import { describe, expect, it } from '@jest/globals';
import { Strands, strandOfAggregate, type Turn } from './strands.ts';

type Delivered = Omit<Batch, 'consumer'>;

const QUIET: Turn = { fresh: [], filled: [], noticed: [], closed: [], nextSeq: 1n };
const event = (seq: bigint, aggregateId: string): DeliveredEvent => ({
  eventId: `event-${seq}`,
  aggregateType: 'payment',
  aggregateId,
  eventType: 'PaymentConfirmed',
  eventVersion: 1,
  payload: '{}',
  headers: {},
  seq,
  offset: seq,
});
/** Aggregates of strand 0, 1, 2 and 3. */
const NAMES = [0, 1, 2, 3].map((strand) =>
  Array.from({ length: 100 }, (_, index) => `p${index}`).find(
    (aggregateId) => strandOfAggregate({ aggregateType: 'payment', aggregateId }, 4) === strand,
  ),
) as string[];
const [ofFirst = '', ofSecond = ''] = NAMES;

function strandsFrom(positions: bigint[]) {
  const delivered: { batch: Delivered; end: (error?: Error) => void }[] = [];
  const strands = new Strands({
    topic: 'outbox',
    epoch: 7n,
    positions,
    deliver: (batch) =>
      new Promise<void>((resolve, reject) => {
        delivered.push({ batch, end: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
  });
  const seqs = () =>
    delivered.map(({ batch }) => [batch.partition, ...batch.events.map(({ seq }) => Number(seq))]);
  return { strands, delivered, seqs };
}
const tick = () => new Promise(setImmediate);

describe('the strands of the outbox', () => {
  it('are four, and an aggregate is always in the same', () => {
    expect(NAMES.every((name) => name !== undefined)).toBe(true);
  });

  it('are applied beside each other, and each in order', async () => {
    const { strands, delivered, seqs } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({
      ...QUIET,
      fresh: [event(1n, ofFirst), event(2n, ofSecond), event(3n, ofFirst)],
      nextSeq: 4n,
    });
    await tick();
    void strands.hand({ ...QUIET, fresh: [event(4n, ofFirst)], nextSeq: 5n });
    await tick();
    expect(seqs()).toEqual([
      [0, 1, 3],
      [1, 2],
    ]);
    delivered[0]?.end();
    await tick();
    expect(seqs().at(-1)).toEqual([0, 4]);
    expect(delivered.at(-1)?.batch).toMatchObject({ fromOffset: 4n, nextOffset: 5n, leader: { epoch: 7n } });
  });

  it('take as their next batch all that they were handed while they were busy', async () => {
    const { strands, delivered } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({ ...QUIET, fresh: [event(1n, ofFirst)], nextSeq: 2n });
    await tick();
    void strands.hand({ ...QUIET, fresh: [event(3n, ofFirst)], noticed: [2n], nextSeq: 4n });
    const last = strands.hand({
      ...QUIET,
      filled: [event(2n, ofFirst)],
      fresh: [event(4n, ofFirst)],
      closed: [1n],
      nextSeq: 5n,
    });
    delivered[0]?.end();
    await tick();
    const ofOne = delivered.filter(({ batch }) => batch.partition === 0);
    expect(ofOne).toHaveLength(2);
    expect(ofOne[1]?.batch).toMatchObject({
      events: [{ seq: 3n }, { seq: 2n }, { seq: 4n }],
      fromOffset: 2n,
      nextOffset: 5n,
      leader: { epoch: 7n, gapsNoticed: [2n], gapsClosed: [1n] },
    });
    ofOne[1]?.end();
    await last;
  });

  it('go on while one of them hangs, and tell when all of them have come so far', async () => {
    const { strands, delivered, seqs } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({ ...QUIET, fresh: [event(1n, ofFirst)], nextSeq: 2n });
    await tick();
    for (const seq of [2n, 3n, 4n]) {
      const handed = strands.hand({ ...QUIET, fresh: [event(seq, ofSecond)], nextSeq: seq + 1n });
      await tick();
      expect(seqs().at(-1)).toEqual([1, Number(seq)]);
      delivered.at(-1)?.end();
      await handed;
    }
    let areApplied = false;
    const applied = strands.applied().then(() => {
      areApplied = true;
    });
    await tick();
    expect(areApplied).toBe(false);
    delivered[0]?.end();
    await applied;
  });

  it('leave out no seq between two batches of a strand', async () => {
    const { strands, delivered } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({ ...QUIET, fresh: [event(1n, ofFirst)], nextSeq: 2n });
    void strands.hand({ ...QUIET, fresh: [event(2n, ofSecond)], nextSeq: 3n });
    await tick();
    for (const { end } of delivered.splice(0)) end();
    void strands.hand({ ...QUIET, fresh: [event(3n, ofFirst), event(4n, ofSecond)], nextSeq: 5n });
    await tick();
    expect(delivered.map(({ batch }) => [batch.partition, batch.fromOffset, batch.nextOffset])).toEqual([
      [0, 2n, 5n],
      [1, 3n, 5n],
    ]);
  });

  it('each remember a gap that they pass by, because its event may be theirs', async () => {
    const { strands, delivered } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({ ...QUIET, fresh: [event(2n, ofFirst)], noticed: [1n], nextSeq: 3n });
    await tick();
    expect(delivered.map(({ batch }) => [batch.partition, batch.leader?.gapsNoticed])).toEqual(
      [0, 1, 2, 3].map((strand) => [strand, [1n]]),
    );
  });

  it('deliver the event of a gap before what is new, and forget a gap once', async () => {
    const { strands, delivered } = strandsFrom([10n, 10n, 10n, 10n]);
    void strands.hand({
      ...QUIET,
      filled: [event(4n, ofSecond)],
      fresh: [event(10n, ofSecond)],
      closed: [5n],
      nextSeq: 11n,
    });
    await tick();
    expect(
      delivered.map(({ batch }) => [
        batch.partition,
        batch.events.map(({ seq }) => Number(seq)),
        batch.leader?.gapsClosed,
      ]),
    ).toEqual([
      [0, [], [5n]],
      [1, [4, 10], []],
    ]);
    expect(delivered.every(({ batch }) => batch.nextOffset === 11n)).toBe(true);
  });

  it('take nothing twice that one of them had applied before a new leader read it again', async () => {
    const { strands, seqs } = strandsFrom([8n, 3n, 3n, 3n]);
    void strands.hand({
      ...QUIET,
      fresh: [event(3n, ofFirst), event(4n, ofSecond), event(9n, ofFirst)],
      nextSeq: 10n,
    });
    await tick();
    expect(seqs()).toEqual([
      [0, 9],
      [1, 4],
    ]);
  });

  it('do not fall far behind for want of events', async () => {
    const { strands, seqs } = strandsFrom([1n, 1n, 1n, 1n]);
    void strands.hand({ ...QUIET, fresh: [event(20_000n, ofSecond)], nextSeq: 20_001n });
    await tick();
    expect(seqs()).toEqual([[0], [1, 20_000], [2], [3]]);
  });

  it('deliver nothing more in a strand whose batch has failed', async () => {
    const { strands, delivered } = strandsFrom([1n, 1n, 1n, 1n]);
    const first = strands.hand({ ...QUIET, fresh: [event(1n, ofFirst)], nextSeq: 2n });
    const second = strands.hand({ ...QUIET, fresh: [event(2n, ofFirst)], nextSeq: 3n });
    await tick();
    delivered[0]?.end(new Error('fenced'));
    await expect(first).rejects.toThrow('fenced');
    await expect(second).rejects.toThrow('fenced');
    expect(delivered).toHaveLength(1);
  });
});
