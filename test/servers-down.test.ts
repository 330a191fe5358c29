import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Part, type Stack, startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { expectEachPaymentOnce } from './support/books.ts';
import { type Buyer, buyerOf, type PaidPatiently } from './support/buyer.ts';
import { areServersOurs } from './support/our-servers.ts';
import { prepareSystem, SERVICES, type System } from './support/system.ts';

/** Its own, so that no other test is harmed. */
const INSTANCE = 'faults';

(areServersOurs ? describe : describe.skip)('a system that loses', () => {
  let stack: Stack;
  let system: System;
  let buyer: Buyer;
  let paidCount = 0;
  beforeAll(async () => {
    stack = await startStack({ instance: INSTANCE, parts: ['mysql', 'kafka', 'connect'] });
    system = await prepareSystem(stack);
    buyer = buyerOf(system);
    await Promise.all(SERVICES.map((name) => system.start(name)));
    await expectPaidAtOnce(1);
    await expectAllSettledByTheSame();
  }, 120_000);
  afterAll(async () => {
    try {
      await system?.end();
    } finally {
      await stack?.stop();
      // A test that failed while a server was down has left things behind; a new stack starts sooner than one that drags them along.
      await resetStack();
    }
  }, 60_000);

  it.each<[Part, object]>([
    ['connect', { connector: { state: 'UNREACHABLE' } }],
    ['kafka', {}],
  ])(
    '%s takes payments and starts without it, and settles them when it is back',
    async (part, status) => {
      await stack.kill(part);
      await expectPaidAtOnce(5);
      await restart();
      await expectPaidAtOnce(5);
      const { body } = await buyer.call('GET', '/api/relay/status');
      expect(body.result).toMatchObject({ lagEvents: 10, ...status });
      await stack.start(part);
      await expectAllSettledByTheSame();
    },
    60_000,
  );

  it('mysql answers so, and finishes everything when it is back', async () => {
    const paying = Array.from({ length: 30 }, () => buyer.payPatiently());
    await waitFor('some to be paid', async () => (await countPayments()) >= paidCount + 10, { everyMs: 5 });
    await stack.kill('mysql');
    await expectUnreachable();
    await stack.start('mysql');
    const paid = await Promise.all(paying);
    paidCount += paid.length;
    expect(unexpectedOf(paid)).toEqual([]);
    await expectAllSettledByTheSame();
  }, 60_000);

  it('mysql before it starts says so, and does not start', async () => {
    await Promise.all([system.service('api').stop(), system.service('relay').stop()]);
    await stack.kill('mysql');
    for (const name of ['api', 'relay'] as const) {
      const before = system.log(name).length;
      expect(await system.spawn(name).ended).toBe(1);
      expect(system.log(name).slice(before)).toMatch(/^MySQL does not answer.*\n$/);
    }
    await stack.start('mysql');
    expect(await expectEachPaymentOnce(system)).toBe(paidCount);
  }, 60_000);

  /** Api and relay end when they are asked to, and start, whatever is down. */
  async function restart(): Promise<void> {
    const before = (['api', 'relay'] as const).map((name) => system.service(name));
    const toldAt = performance.now();
    await Promise.all(before.map((service) => service.stop()));
    expect(performance.now() - toldAt).toBeLessThan(3_000);
    expect(await Promise.all(before.map(({ ended }) => ended))).toEqual([0, 0]);
    system.spawn('relay');
    await system.start('api');
  }

  async function expectPaidAtOnce(count: number): Promise<void> {
    const paid = await Promise.all(Array.from({ length: count }, () => buyer.payPatiently()));
    paidCount += count;
    expect(new Set(paid.flatMap(({ answers }) => answers))).toEqual(new Set(['200']));
  }

  /** By the same processes, which have waited: nobody had to start them again. */
  async function expectAllSettledByTheSame(): Promise<void> {
    expect(await expectEachPaymentOnce(system)).toBe(paidCount);
    for (const name of SERVICES) expect(system.service(name).isRunning()).toBe(true);
  }

  async function expectUnreachable(): Promise<void> {
    for (const [method, path, body] of REQUESTS) {
      const answer = await buyer.call(method, path, body);
      expect({ path, status: answer.status, ...answer.body }).toMatchObject({
        path,
        status: 503,
        code: 'database_unreachable',
      });
      expect(answer.contentType).toMatch(/^application\/problem\+json/);
    }
    expect((await buyer.call('GET', '/health/live')).status).toBe(200);
  }

  async function countPayments(): Promise<number> {
    const [[row]] = await system.database.admin.raw('SELECT COUNT(*) AS count FROM payments');
    return Number(row.count);
  }
});

async function resetStack(): Promise<void> {
  const program = resolve(import.meta.dirname, '..', 'stack', 'src', 'cli.ts');
  await promisify(execFile)(process.execPath, [program, 'reset', '--instance', INSTANCE, '--yes']);
}

const NOBODYS_ORDER = '00000000-0000-7000-8000-000000000000';

const REQUESTS: readonly [method: string, path: string, body?: unknown][] = [
  ['POST', '/api/check-out', { cartId: 1, kimchiIds: [1], buyerId: 1 }],
  ['POST', '/api/payments/confirm', { paymentKey: 'down', orderId: NOBODYS_ORDER, amount: 38_000 }],
  ['GET', `/api/orders/${NOBODYS_ORDER}`],
  ['GET', '/api/sellers/1/wallet'],
  ['GET', '/api/reports/trial-balance'],
  ['GET', '/api/relay/status'],
  ['GET', '/health/ready'],
];

/** Paid, under way, or a clear "later". */
const EXPECTED_ANSWERS = [
  '200',
  '202',
  '409 payment_in_progress',
  '503 database_unreachable',
  '503 payment_recording_delayed',
];

function unexpectedOf(paid: readonly PaidPatiently[]): string[] {
  const answers = new Set(paid.flatMap((one) => one.answers));
  return [...answers].filter((answer) => !EXPECTED_ANSWERS.includes(answer));
}
