import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  archiveOutbox,
  createHandlers,
  type DeliveredEvent,
  extendOutbox,
  isLedgerError,
  type NewEvent,
  PAYMENT_CONFIRMED,
  readEvents,
  readOutboxParts,
  settlePayment,
  trimOutbox,
} from '@jangbu/ledger-core';
import { eventPublisher } from '@jangbu/relay';
import type { Part } from '@jangbu/stack';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { publishAllAgain } from '../support/second-connector.ts';
import type { Place } from './place.ts';
import { FAIL_POINTS } from './statements.ts';
import { sleep } from './writer.ts';

export interface Fault {
  readonly name: string;
  /** What is done to the system while events are written, for so long; afterwards it must heal by itself. */
  inflict(place: Place, ms: number, random: () => number): Promise<void>;
  /** After the last event was written, where something is left to do before all can be settled. */
  heal?(place: Place): Promise<void>;
}

/** A relay whose fail point is not come by is killed after so long. */
const LONGEST_LIFE_MS = 3_000;
const SLOW_RELAY = 'test/chaos/slow-relay.ts';
const CLI = resolve(import.meta.dirname, '../../packages/relay/src/cli/main.ts');

export const FAULTS: readonly Fault[] = [
  {
    name: 'relay killed at random',
    async inflict(place, ms, random) {
      for (const until = Date.now() + ms; Date.now() < until; ) {
        await sleep(200 + random() * 800);
        await Promise.all(place.relays().map((relay) => relay.kill()));
        await place.startRelay();
      }
    },
  },
  {
    name: 'relay killed after each statement of a batch',
    async inflict(place, ms) {
      for (const until = Date.now() + ms; Date.now() < until; ) {
        for (const point of FAIL_POINTS) {
          await Promise.all(place.relays().map((relay) => relay.stop()));
          const relay = await place.startRelay('kafka', {
            environment: { JANGBU_FAIL_POINT: point },
          });
          // A point that this batch does not come by, such as opening accounts that are there, kills nobody.
          await Promise.race([relay.ended, sleep(LONGEST_LIFE_MS)]);
          await relay.kill();
          // One that ends well, so that no event is under suspicion of having killed all of them.
          await place.startRelay();
          if (Date.now() >= until) return;
        }
      }
    },
  },
  {
    name: 'relays joining and leaving',
    async inflict(place, ms, random) {
      for (const until = Date.now() + ms; Date.now() < until; ) {
        await place.startRelay();
        await sleep(500);
        const [oldest] = place.relays();
        await (random() < 0.5 ? oldest?.kill() : oldest?.stop());
        await sleep(500);
      }
    },
  },
  {
    name: 'slow relays joining and leaving every 2 s',
    async inflict(place, ms, random) {
      await Promise.all(place.relays().map((relay) => relay.stop()));
      const start = () => place.startRelay('kafka', { script: SLOW_RELAY });
      await start();
      const leaving: Promise<void>[] = [];
      for (const until = Date.now() + ms; Date.now() < until; ) {
        await start();
        const [oldest] = place.relays();
        // One that leaves finishes the batch in hand, for which nobody waits.
        if (oldest !== undefined) leaving.push(random() < 0.5 ? oldest.kill() : oldest.stop());
        await sleep(2_000);
      }
      await Promise.all(leaving);
    },
  },
  ...(['kafka', 'embedded'] as const).map(
    (source): Fault => ({
      name: `${source} relays that hang, and wake when another has taken over`,
      async inflict(place, ms) {
        await Promise.all(place.relays().map((relay) => relay.stop()));
        await place.startRelay(source);
        for (const until = Date.now() + ms; Date.now() < until; ) {
          const [oldest] = place.relays();
          if (oldest === undefined) throw new Error('No relay runs.');
          process.kill(oldest.pid, 'SIGSTOP');
          // It is ready once it reads, for which it waits until MySQL and Kafka have given up the one that hangs.
          await place.startRelay(source);
          process.kill(oldest.pid, 'SIGCONT');
          await oldest.stop();
        }
      },
    }),
  ),
  {
    name: 'Kafka and the embedded source by turns',
    async inflict(place, ms) {
      for (const until = Date.now() + ms; Date.now() < until; ) {
        for (const source of ['embedded', 'kafka'] as const) {
          await Promise.all(place.relays().map((relay) => relay.stop()));
          await place.startRelay(source);
          await sleep(ms / 4);
        }
      }
    },
  },
  outageOf('kafka'),
  outageOf('connect'),
  outageOf('mysql'),
  {
    name: 'everything delivered twice by a second connector',
    async inflict(place, ms) {
      await sleep(ms);
      const before = await place.topics.paymentRecords();
      const stopAgain = await publishAllAgain(place.stack, place.database);
      const count = await countRows(place, 'outbox');
      await waitFor(
        'all to be published again',
        async () => (await place.topics.paymentRecords()) >= before + count,
        {
          timeoutMs: 60_000,
        },
      );
      await stopAgain();
    },
    heal: untilAllIsRead,
  },
  {
    name: 'everything delivered twice, shuffled across keys',
    async inflict(place, ms, random) {
      const brokers = (place.stack.addresses.kafkaBrokers ?? '').split(',');
      const publisher = eventPublisher({ brokers, topicPrefix: place.database.name });
      try {
        // While the relay is at it, what was not applied yet comes by this way first.
        for (let from = 1n, until = Date.now() + ms; Date.now() < until; await sleep(ms / 20)) {
          const events = await readEvents(place.database.runtime, from, 5_000);
          await publisher.publish(shuffledAcrossKeys(events, random));
          from = (events.at(-1)?.seq ?? from - 1n) + 1n;
        }
      } finally {
        await publisher.close();
      }
    },
    heal: untilAllIsRead,
  },
  {
    name: 'offsets in MySQL forgotten',
    async inflict(place, ms) {
      await sleep(ms);
      await Promise.all(place.relays().map((relay) => relay.stop()));
      await place.database.admin.raw('DELETE FROM consumer_offsets');
      await place.startRelay();
    },
    heal: untilAllIsRead,
  },
  {
    name: 'binlogs purged while the connector was stopped',
    async inflict(place, ms) {
      const { admin } = place.database;
      await waitFor('the connector’s position to be noted', async () => {
        const [rows] = await admin.raw('SELECT gtids FROM connector_positions');
        return rows.length > 0;
      });
      await tellConnector(place, 'stop');
      await sleep(ms / 2);
      await admin.raw('FLUSH BINARY LOGS');
      await sleep(ms / 2);
      await admin.raw('FLUSH BINARY LOGS');
      const [[status]] = await admin.raw('SHOW BINARY LOG STATUS');
      await admin.raw('PURGE BINARY LOGS TO ?', [status.File]);
      await tellConnector(place, 'resume');
    },
    async heal({ ledger }) {
      const isHealed = async () => (await ledger.lag()).binlogLoss?.healedAt != null;
      await waitFor('the loss to be noticed, and healed', isHealed, { timeoutMs: 60_000 });
    },
  },
  {
    name: 'a low seq held open',
    async inflict(place, ms) {
      await Promise.all(place.relays().map((relay) => relay.stop()));
      await place.startRelay('embedded');
      const { database, ledger } = place;
      await database.runtime
        .transaction(async (trx) => {
          await ledger.within(trx).appendEvents([poison('held-open', '{}')]);
          await sleep(ms);
          throw new RolledBack();
        })
        .catch((error) => {
          if (!(error instanceof RolledBack)) throw error;
        });
      await Promise.all(place.relays().map((relay) => relay.stop()));
      await place.startRelay();
    },
  },
  {
    name: 'poison in the middle of a hot batch',
    async inflict(place, ms) {
      const { database, ledger } = place;
      for (const until = Date.now() + ms; Date.now() < until; await sleep(ms / 3))
        await database.runtime.transaction((trx) =>
          ledger.within(trx).appendEvents([poison(`key-${Math.floor(Date.now() % 40)}`, 'no payment')]),
        );
    },
    async heal({ ledger }) {
      const decision = { by: 'chaos', reason: 'it was poison' };
      const { eventType, eventVersion } = PAYMENT_CONFIRMED;
      const handlers = createHandlers().on(eventType, eventVersion, settlePayment());
      await waitFor('all to be applied or parked', async () => (await ledger.lag()).events === 0, {
        timeoutMs: 60_000,
      });
      for (
        let letters = await ledger.deadLetters();
        letters.length > 0;
        letters = await ledger.deadLetters()
      ) {
        const { failed } = await ledger.retryDeadLetter(handlers, letters[0]?.event.eventId ?? '', decision);
        if (failed !== null) await ledger.discardDeadLetter(failed.eventId, decision);
      }
    },
  },
  {
    name: 'disk full on the relay’s side',
    async inflict(place, ms) {
      for (const source of ['kafka', 'embedded'] as const) {
        await Promise.all(place.relays().map((relay) => relay.stop()));
        const relay = await place.startRelay(source, {
          environment: { OUTBOX_ARCHIVE_FOLDER: '/dev/full/archive' },
          isDiskFull: true,
        });
        await sleep(ms / 2);
        await relay.stop();
        if ((await relay.ended) !== 0) throw new Error('A relay without a disk did not end well.');
      }
      await place.startRelay();
    },
  },
  {
    name: 'the outbox archived and trimmed while it is written',
    async inflict(place, ms) {
      const { admin } = place.database;
      const folder = mkdtempSync(join(tmpdir(), 'jangbu-archive-'));
      const asked = { folder, by: 'chaos', keepMs: 0, settledForMs: 1_000 };
      let kept: string | null = 'it was in use';
      // The connector reads of each change of a table in the binlog, and its grammar takes this column's name for a word of its own.
      await admin.raw(
        'CREATE TABLE strangers (url VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY)',
      );
      const isTrimmed = async () =>
        (await readOutboxParts(admin)).parts.some(({ isInOutbox }) => !isInOutbox);
      // A partition is complete a second after the next one has begun, which a short fault may not see.
      for (const from = Date.now(); Date.now() < from + ms || !(await isTrimmed()); await sleep(ms / 40)) {
        if (Date.now() > from + ms + 30_000) throw new Error(`Nothing left the outbox: ${kept}.`);
        await unlessBusy(() => extendOutbox(admin, { events: 100, force: true }));
        await archiveOutbox(admin, asked);
        await unlessBusy(async () => {
          kept = (await trimOutbox(admin, asked)).at(-1)?.kept ?? kept;
        });
      }
      rmSync(folder, { recursive: true });
    },
  },
  {
    name: 'two replays at once',
    async inflict(place, ms) {
      await sleep(ms);
      const codes = await Promise.all([replay(place), replay(place)]);
      if (!codes.includes(0)) throw new Error(`Neither of two replays went through: ${codes.join(' and ')}.`);
    },
  },
];

function outageOf(part: Part): Fault {
  return {
    name: `${part} killed and brought back`,
    async inflict({ stack }, ms) {
      await sleep(ms / 4);
      await stack.kill(part);
      await sleep(ms);
      await stack.start(part);
    },
  };
}

/** Stopping has it write down how far it has read, which killing has not. */
async function tellConnector({ stack, connector }: Place, what: 'stop' | 'resume'): Promise<void> {
  const { status } = await fetch(`${stack.addresses.connectUrl}/connectors/${connector}/${what}`, {
    method: 'PUT',
  });
  if (status >= 300) throw new Error(`Connect answered ${status} when the connector was to ${what}.`);
}

/** A change of partitions that finds the table in use is for another time. */
async function unlessBusy(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) => {
    if (!isLedgerError(error) || error.code !== 'outbox_busy') throw error;
  });
}

/** Any order in which the events of each key keep theirs. */
function shuffledAcrossKeys(events: readonly DeliveredEvent[], random: () => number): DeliveredEvent[] {
  const queues = [...Map.groupBy(events, ({ aggregateId }) => aggregateId).values()];
  const shuffled: DeliveredEvent[] = [];
  while (queues.length > 0) {
    const chosen = Math.floor(random() * queues.length);
    const next = queues[chosen]?.shift();
    if (next === undefined) queues.splice(chosen, 1);
    else shuffled.push(next);
  }
  return shuffled;
}

class RolledBack extends Error {}

function poison(aggregateId: string, payload: string): NewEvent {
  return {
    aggregateType: 'payment',
    aggregateId,
    eventType: 'PaymentConfirmed',
    eventVersion: 1,
    payload: { poison: payload },
  };
}

/** Exit code of `jangbu replay`, which is 2 for the one that came second. */
function replay({ database }: Place): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CLI, 'replay', '--from', '1', '--yes', '--json'],
    { env: { ...process.env, DATABASE_URL: database.adminUrl }, stdio: 'ignore' },
  );
  return new Promise((settle) => child.once('exit', settle));
}

/** Every record of the topic is behind the books. */
async function untilAllIsRead(place: Place): Promise<void> {
  await waitFor(
    'every record to be read',
    async () => {
      const [[row]] = await place.database.admin.raw(
        `SELECT CAST(COALESCE(SUM(next_offset), 0) AS CHAR) AS records FROM consumer_offsets WHERE topic LIKE '%.payment'`,
      );
      return BigInt(row.records) >= (await place.topics.paymentRecords());
    },
    { timeoutMs: 60_000 },
  );
}

async function countRows({ database }: Place, table: string): Promise<bigint> {
  const [[row]] = await database.admin.raw('SELECT COUNT(*) AS counted FROM ??', [table]);
  return BigInt(row.counted);
}
