import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { choosePort } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { createRelay, EmbeddedSource } from '../src/index.ts';

const MAIN = resolve(import.meta.dirname, '../src/main.ts');
const CONSUMER = 'stopped';
let database: TestDatabase;
let ledger: Ledger;
let child: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await database.drop();
});

describe('a relay that is told to stop', () => {
  it('finishes the transactions in hand, two at most, and begins no other', async () => {
    await ledger.transaction((writer) =>
      writer.appendEvents(
        Array.from({ length: 10 }, (_, index) => ({
          aggregateType: 'note',
          aggregateId: `note-${index}`,
          eventType: 'Noted',
          eventVersion: 1,
          payload: {},
        })),
      ),
    );
    const source = new EmbeddedSource({
      knex: database.runtime,
      ledgerId: ledger.ledgerId,
      consumer: CONSUMER,
    });
    const troubles: string[] = [];
    const relay = createRelay({
      ledger,
      knex: database.runtime,
      source,
      consumer: CONSUMER,
      batchLimits: { most: 2 },
      onTrouble: (message) => troubles.push(message),
    });
    let begun = 0;
    relay.on('Noted', 1, async () => {
      begun += 1;
      await new Promise((resume) => setTimeout(resume, 200));
    });
    await relay.start();
    await waitFor('an event to be in hand', async () => begun > 0, { everyMs: 5 });
    await relay.stop();
    expect(begun).toBeLessThanOrEqual(4);
    expect((await ledger.lag(CONSUMER)).events).toBe(10 - begun);
    expect(troubles).toEqual([]);
  });

  it('is gone within two seconds where Kafka is down, and was alive and not ready until then', async () => {
    const [port, nobody] = await Promise.all([choosePort([]), choosePort([])]);
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
      env: {
        ...process.env,
        DATABASE_URL: database.runtimeUrl,
        LEDGER_NAME: 'mall',
        KAFKA_BROKERS: `127.0.0.1:${nobody}`,
        CONNECT_URL: '',
        RELAY_PORT: String(port),
      },
      stdio: 'ignore',
    });
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}/health/${path}`)).status;
    await waitFor('it to be alive', async () => (await ask('live')) === 200);
    expect(await ask('ready')).toBe(503);
    // Long enough for the pauses between its attempts to have grown.
    await new Promise((resume) => setTimeout(resume, 1_500));
    const toldAt = performance.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(2_000);
  });
});
