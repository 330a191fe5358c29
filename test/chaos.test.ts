import { type Stack, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULTS } from './chaos/faults.ts';
import { randomFrom, wreak } from './chaos/wreak.ts';
import { areServersOurs } from './support/our-servers.ts';

/** The short form of npm run chaos: what other tests do not do already, each for a moment. */
const SHORT = [
  'relays joining and leaving',
  'slow relays joining and leaving every 2 s',
  'everything delivered twice, shuffled across keys',
  'Kafka and the embedded source by turns',
  'binlogs purged while the connector was stopped',
  'a low seq held open',
  'poison in the middle of a hot batch',
  'disk full on the relay’s side',
  'the outbox archived and trimmed while it is written',
  'two replays at once',
];
const SEED = 7;
/** Its binlogs are purged, so it is no stack that others use. */
const INSTANCE = 'chaos';

(areServersOurs ? describe : describe.skip)(
  'a relay under a busy outbox loses, doubles and disorders nothing by',
  () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack({ instance: INSTANCE, parts: ['mysql', 'kafka', 'connect'] });
    }, 120_000);
    afterAll(() => stack?.stop(), 60_000);

    it.each(SHORT)(
      '%s',
      async (name) => {
        const fault = FAULTS.find((one) => one.name === name);
        if (fault === undefined) throw new Error(`There is no fault named ${name}.`);
        const row = await wreak(stack, fault, { ms: 2_000, perSecond: 100, random: randomFrom(SEED) });
        expect(row).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, deadLetters: 0, findings: [] });
        expect(row.events).toBeGreaterThan(50);
      },
      120_000,
    );
  },
);
