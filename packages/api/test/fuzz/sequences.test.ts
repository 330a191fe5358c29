import {
  createLedger,
  type Ledger,
  readEvents,
  SETTLEMENT_CONSUMER,
  settlementHandlers,
} from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { waitFor } from '../../../../scripts/testing/wait-for.ts';
import { checkShop, describeApi } from '../../src/index.ts';
import { type DescribedOperation, operationsIn } from '../support/operations.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createSender, type WireRequest } from '../support/send.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { createAnswerCheck } from './answers.ts';
import { byHeader } from './callers.ts';
import { Figures } from './figures.ts';
import { CALLERS, soundRequestsOf } from './requests.ts';
import { MS, SEED, SEQUENCE } from './settings.ts';
import { Pool, Valid } from './values.ts';

const DOCUMENT = describeApi('sandbox');
/** What changes something, or tells of what was changed; the documentation does neither. */
const OPERATIONS = operationsIn('sandbox').filter(({ path }) => /^\/(api|test|webhooks)\//.test(path));
/** What makes orders and payments, and ends them, comes far more often. */
const OFTEN = OPERATIONS.filter(({ name }) =>
  /^POST \/(api\/(check-out|payments|orders)|test\/confirm|webhooks)|^(PUT|DELETE) \/api\/cart/.test(name),
);
const BESIDE = ['a window opens', 'time passes', 'the provider fails', 'it is settled'] as const;

/** One thing that somebody does: an operation, or what goes on beside them. The seed decides the rest, from what is known by then. */
interface Step {
  readonly act: string;
  readonly who: (typeof CALLERS)[number];
  readonly seed: number;
}

const namesOf = (operations: readonly DescribedOperation[]) => operations.map(({ name }) => name);
const act = fc.oneof(
  { arbitrary: fc.constantFrom(...namesOf(OFTEN)), weight: 6 },
  { arbitrary: fc.constantFrom(...namesOf(OPERATIONS)), weight: 3 },
  { arbitrary: fc.constantFrom<string>(...BESIDE), weight: 2 },
);
/** Mostly those who buy, and the sandbox's own member, who may do everything. */
const who = fc.oneof(
  { arbitrary: fc.constantFrom<Step['who']>('nobody', 'nobody', 'buyer 7', 'buyer 8'), weight: 4 },
  { arbitrary: fc.constantFrom(...CALLERS), weight: 1 },
);
const step: fc.Arbitrary<Step> = fc.record({ act, who, seed: fc.integer() });
/** What stands together in a list happens at once. */
const sequence = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
  size: 'max',
});

const WAITS_MS = [1_000, 60_000, 11 * 60_000, 16 * 60_000];
const FAULTS = [
  { route: 'confirm', status: 500 },
  { route: 'confirm', dropAnswer: 'after' },
  { route: 'confirm', status: 503, afterWork: true },
  { route: 'cancel', dropAnswer: 'after' },
  { route: 'cancel', status: 500 },
  { route: 'get', garble: 'html' },
];

/**
 * Several members at the same carts, orders, payments, endpoints and stock, at once, with the jobs of the API beside them and a provider that
 * fails. Whatever the sequence: no 500, no answer that is not described, and in the end the shop and the books prove themselves.
 */
describe(`sequences of requests, with seed ${SEED}`, () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let ledger: Ledger;
  let receiver: Receiver;
  let passedMs = 0;
  /** The next place of the outbox to be settled. */
  let settledTo = 0n;
  let settling = Promise.resolve();
  let count = 0;
  const clock = () => new Date(Date.now() + passedMs);
  const { send, close } = createSender(() => shop.api.url);
  const faultsOf = createAnswerCheck(DOCUMENT);
  const figures = new Figures();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, clock });
    receiver = await startReceiver();
    shop = await openShop({
      credentials: byHeader,
      clock,
      environment: {
        SANDBOX_URL: sandbox.url,
        PRICE_SOURCE: 'mall',
        RECOVERY_AFTER_MS: '100',
        RECOVERY_EVERY_MS: '50',
        ORDER_EXPIRY_EVERY_MS: '50',
        WEBHOOKS_EVERY_MS: '50',
      },
    });
    ledger = await createLedger({ knex: shop.database.runtime, name: 'kimchi-mall', clock });
  });
  afterAll(async () => {
    close();
    await shop.close();
    await Promise.all([sandbox.close(), receiver.close()]);
    figures.tell(`${count} sequences with seed ${SEED}`);
  });

  it(
    'keep shop and books in order',
    async () => {
      await fc.assert(fc.asyncProperty(sequence, playOut), {
        seed: SEED,
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: MS,
        markInterruptAsFailure: false,
        ...(SEQUENCE === undefined ? {} : { path: SEQUENCE, numRuns: 1 }),
      });
    },
    MS + 120_000,
  );

  async function playOut(rounds: readonly (readonly Step[])[]): Promise<void> {
    count++;
    const told: string[] = [];
    const pool = await freshPool();
    try {
      for (const steps of rounds) await Promise.all(steps.map((one) => take(one, pool, told)));
      await expectProven();
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\nafter\n${told.join('\n')}`, {
        cause: error,
      });
    }
  }

  /** Things of its own for each sequence, so that it can be played again: kimchi of which little is left, carts, somewhere to be told. */
  async function freshPool(): Promise<Pool> {
    const pool = new Pool();
    pool.learn({
      kimchiId: [1, 4],
      cartId: [7, 8, 9],
      memberId: [7, 8],
      buyerId: [7, 8],
      sellerId: [1],
      url: `${receiver.url}/hooks`,
    });
    for (const [stock, price] of [
      [3, 9_000],
      [1, 700],
    ]) {
      const body = JSON.stringify({ name: '한정 김치', price, stock, category: 'other' });
      const answer = await send({
        method: 'POST',
        path: '/api/sellers/1/kimchi',
        headers: { 'X-Test-Caller': 'seller 9', 'Content-Type': 'application/json' },
        body,
      });
      const { kimchiId, version } = JSON.parse(answer.text).result;
      pool.learn({ kimchiId, version });
    }
    return pool;
  }

  async function take({ act: what, who, seed }: Step, pool: Pool, told: string[]): Promise<void> {
    const operation = OPERATIONS.find(({ name }) => name === what);
    if (operation !== undefined) return ask(operation, who, pool, seed, told);
    if (what === 'a window opens') return openWindow(pool, seed, told);
    if (what === 'the provider fails') return breakProvider(pick(FAULTS, seed), told);
    told.push(what);
    if (what === 'it is settled') return settle();
    passedMs += pick(WAITS_MS, seed);
  }

  async function ask(
    { name, method, path, operation }: DescribedOperation,
    who: string,
    pool: Pool,
    seed: number,
    told: string[],
  ): Promise<void> {
    const valid = new Valid(DOCUMENT.components['schemas'] as never, pool, 9);
    const [drawn] = fc.sample(soundRequestsOf(method, path, operation, valid), { seed, numRuns: 1 });
    const key = drawn?.headers['Idempotency-Key'];
    const headers = {
      ...drawn?.headers,
      'X-Test-Caller': who,
      // A key is kept for a day; what one sequence used is no matter of the next.
      ...(key === undefined ? {} : { 'Idempotency-Key': `${count}-${key}` }),
    };
    const request = { ...(drawn as WireRequest), headers };
    const answer = await send(request);
    figures.count(name, answer.status);
    told.push(
      `${who}: ${method} ${request.path} ${request.body ?? ''} → ${answer.status} ${answer.text.slice(0, 300)}`,
    );
    const faults = faultsOf(path, method, answer);
    if (faults.length > 0) throw new Error(`${name} ${faults.join('; ')}`);
    if (answer.status < 300 && answer.text.startsWith('{')) pool.learn(JSON.parse(answer.text).result);
  }

  /** A buyer goes to the payment window of an order, and agrees. */
  async function openWindow(pool: Pool, seed: number, told: string[]): Promise<void> {
    const order = pool.together(['orderId', 'amount'], Math.abs(seed));
    const opened = await fetch(`${sandbox.url}/sandbox/toss/payments`, {
      method: 'POST',
      body: JSON.stringify(order),
    });
    if (!opened.ok) return;
    const { paymentKey } = (await opened.json()) as { paymentKey: string };
    pool.learn({ ...order, paymentKey });
    told.push(`a window opens for ${JSON.stringify(order)}: ${paymentKey}`);
  }

  async function breakProvider(fault: object, told: string[]): Promise<void> {
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    told.push(`the provider fails: ${JSON.stringify(fault)}`);
  }

  /** What a relay does, one batch after the other. */
  function settle(): Promise<void> {
    settling = settling.then(settleBatch);
    return settling;
  }

  async function settleBatch(): Promise<void> {
    const fromOffset = settledTo;
    const events = await readEvents(shop.database.runtime, fromOffset, 1_000);
    const last = events.at(-1);
    if (last === undefined) return;
    settledTo = last.seq + 1n;
    const place = { topic: 'jangbu.payment', partition: 0, consumer: SETTLEMENT_CONSUMER };
    await ledger.applyBatches(settlementHandlers(ledger), [
      { ...place, fromOffset, events, nextOffset: settledTo },
    ]);
  }

  async function expectProven(): Promise<void> {
    const { admin } = shop.database;
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    passedMs += 11 * 60_000;
    await waitFor(
      'what was left open to be finished',
      async () => {
        const [[{ open }]] = await admin.raw(
          `SELECT (SELECT COUNT(*) FROM payments WHERE status = 'confirming')
              + (SELECT COUNT(*) FROM cancels WHERE status = 'cancelling') AS open`,
        );
        return Number(open) === 0;
      },
      { everyMs: 20 },
    );
    await settle();
    const { findings } = await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] });
    if (findings.length > 0) throw new Error(`verify found ${JSON.stringify(findings, inText)}`);
    // What one sequence asked to be told of is no matter of the next.
    await admin.raw("UPDATE webhook_endpoints SET status = 'disabled'");
  }
});

const pick = <T>(list: readonly T[], seed: number): T => list[Math.abs(seed) % list.length] as T;
const inText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
