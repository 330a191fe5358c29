import { SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { EmbeddedSource } from '../src/sources/embedded-source.ts';
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
