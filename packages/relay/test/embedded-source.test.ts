import { createLedger, SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { EmbeddedSource } from '../src/sources/embedded-source.ts';
import { strandOfAggregate } from '../src/sources/strands.ts';
import { sourceConformance } from './conformance.ts';

sourceConformance('embedded', {
  async setUp({ database, ledger }) {
    return {
      makeSource: () =>
        new EmbeddedSource({
          knex: database.runtime,
          ledgerId: ledger.ledgerId,
          consumer: SETTLEMENT_CONSUMER,
        }),
      async tearDown() {},
    };
  },
});

describe('the embedded source', () => {
  it('goes on while one strand hangs, with gaps that are filled late as well', async () => {
    const database = await createTestDatabase();
    const ledger = await createLedger({ knex: database.runtime, name: 'mall' });
    const source = new EmbeddedSource({
      knex: database.runtime,
      ledgerId: ledger.ledgerId,
      consumer: 'late',
    });
    const [hung, late] = [nameOfStrand(0), nameOfStrand(1)];
    const delivered: string[] = [];
    let isHanging = false;
    let goOn = () => {};
    const isFree = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await source.start(async ({ partition, events }) => {
      if (partition === 0) {
        isHanging = true;
        await isFree;
      }
      delivered.push(...events.map(({ eventType }) => eventType));
    });
    try {
      const slow = await database.runtime.transaction();
      await ledger.within(slow).appendEvents([note(late, 'First')]);
      await ledger.transaction((writer) => writer.appendEvents([note(hung, 'Hung')]));
      await waitFor('the gap to be passed by', async () => isHanging);
      await slow.commit();
      await waitFor('the first', async () => delivered.length === 1);
      // One at a time, so that each is found by a turn of its own.
      for (const [index, name] of ['Second', 'Third', 'Fourth'].entries()) {
        await ledger.transaction((writer) => writer.appendEvents([note(late, name)]));
        await waitFor(name, async () => delivered.length === index + 2);
      }
      expect(delivered).toEqual(['First', 'Second', 'Third', 'Fourth']);
      goOn();
      await waitFor('the one that hung', async () => delivered.length === 5);
    } finally {
      goOn();
      await source.stop();
      await database.drop();
    }
  }, 180_000);
});

function nameOfStrand(strand: number): string {
  const names = Array.from({ length: 100 }, (_, index) => `note-${index}`);
  return (
    names.find((aggregateId) => strandOfAggregate({ aggregateType: 'note', aggregateId }, 4) === strand) ?? ''
  );
}

function note(aggregateId: string, eventType: string) {
  return { aggregateType: 'note', aggregateId, eventType, eventVersion: 1, payload: {} };
}
