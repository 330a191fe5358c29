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
  it('keeps the order of an aggregate whose first event was committed late, while another strand hangs', async () => {
    const database = await createTestDatabase();
    const ledger = await createLedger({ knex: database.runtime, name: 'mall' });
    const source = new EmbeddedSource({
      knex: database.runtime,
      ledgerId: ledger.ledgerId,
      consumer: 'late',
    });
    const [hung, late] = [nameOfStrand(0), nameOfStrand(1)];
    const delivered: string[] = [];
    let goOn = () => {};
    const isFree = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await source.start(async ({ partition, events }) => {
      if (partition === 0) await isFree;
      delivered.push(...events.map(({ eventType }) => eventType));
    });
    try {
      const slow = await database.runtime.transaction();
      await ledger.within(slow).appendEvents([note(late, 'First')]);
      await ledger.transaction((writer) => writer.appendEvents([note(hung, 'Hung')]));
      // Long enough for the gap to be noticed.
      await new Promise((resume) => setTimeout(resume, 200));
      await slow.commit();
      await ledger.transaction((writer) => writer.appendEvents([note(late, 'Second')]));
      await waitFor('both to be delivered', async () => delivered.length === 2);
      expect(delivered).toEqual(['First', 'Second']);
    } finally {
      goOn();
      await source.stop();
      await database.drop();
    }
  });
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
