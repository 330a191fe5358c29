import { createLedger } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkShop, describeApi } from '../../src/index.ts';
import { operationsIn } from '../support/operations.ts';
import { createSender } from '../support/send.ts';
import { CHECK_OUT, openShop, type Shop } from '../support/shop.ts';
import { createAnswerCheck } from './answers.ts';
import { byHeader } from './callers.ts';
import { Figures } from './figures.ts';
import { requestsOf } from './requests.ts';
import { MS, SEED } from './settings.ts';
import { Pool, Valid } from './values.ts';

const DOCUMENT = describeApi('sandbox');
const OPERATIONS = operationsIn('sandbox');
const MS_EACH = MS / OPERATIONS.length;

/** Every operation is given what it asks for, nearly that, and what it never should; seeds that fail are printed. */
describe(`the API, fuzzed by its document with seed ${SEED}`, () => {
  let shop: Shop;
  let sandbox: Sandbox;
  const { send, close } = createSender(() => shop.api.url);
  const pool = new Pool();
  const valid = new Valid(DOCUMENT.components['schemas'] as never, pool);
  const faultsOf = createAnswerCheck(DOCUMENT);
  const figures = new Figures();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({
      credentials: byHeader,
      environment: { SANDBOX_URL: sandbox.url, PRICE_SOURCE: 'mall' },
    });
    const codes = ['liabilities:sellers:1:pending', 'order_unknown'];
    pool.learn({ ...CHECK_OUT, code: codes, amount: 38_000, name: 'swagger-ui.css' });
    for (let count = 0; count < 3; count++) {
      const orderId = await shop.order();
      pool.learn({ orderId });
      const paid = { orderId: await shop.order(), memberId: 7, amount: 38_000 };
      pool.learn((await shop.call('POST', '/test/confirm', paid)).body);
    }
  });
  afterAll(async () => {
    close();
    const ledger = await createLedger({ knex: shop.database.runtime, name: 'kimchi-mall', mustExist: true });
    expect((await ledger.verify({ lagAllowanceMs: 86_400_000, further: [checkShop] })).findings).toEqual([]);
    await shop.close();
    await sandbox.close();
    figures.tell(`Fuzzed with seed ${SEED}`);
  });

  it.each(OPERATIONS)(
    '$name',
    async ({ name, path, method, operation }) => {
      const property = fc.asyncProperty(requestsOf(method, path, operation, valid), async (request) => {
        const answer = await send(request);
        figures.count(name, answer.status);
        expect(faultsOf(path, method, answer)).toEqual([]);
        if (answer.status < 300 && /json/.test(String(answer.headers['content-type']))) {
          pool.learn(JSON.parse(answer.text).result);
        }
      });
      await fc.assert(property, {
        seed: SEED,
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: MS_EACH,
        markInterruptAsFailure: false,
      });
    },
    MS_EACH + 60_000,
  );
});
