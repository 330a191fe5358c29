import { Agent, request as httpRequest } from 'node:http';
import { createLedger } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShopError } from '../../src/errors.ts';
import { type Credentials, checkShop, describeApi, type Role } from '../../src/index.ts';
import { CHECK_OUT, openShop, type Shop } from '../support/shop.ts';
import { createAnswerCheck, type FuzzAnswer } from './answers.ts';
import { type FuzzRequest, requestsOf } from './requests.ts';
import { Pool, Valid } from './values.ts';

const DOCUMENT = describeApi('sandbox');
const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method} ${path}`,
    path,
    method,
    operation,
  })),
);
/** `npm run fuzz` sets these; a test has seconds. */
const MINUTES = Number(process.env['JANGBU_FUZZ_MINUTES'] ?? 0.3);
const SEED = Number(process.env['JANGBU_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const MS_EACH = (MINUTES * 60_000) / OPERATIONS.length;

const credentials: Credentials = {
  readCaller(request) {
    const who = request.get('X-Test-Caller') ?? 'nobody';
    if (who === 'bad') throw new ShopError('credentials_invalid', 'This token is not good.');
    if (who === 'nobody') return undefined;
    return { memberId: 7, roles: [who as Role], sellerId: who === 'seller' ? 1 : undefined };
  },
};

/** Every operation is given what it asks for, nearly that, and what it never should; seeds that fail are printed. */
describe(`the API, fuzzed by its document with seed ${SEED}`, () => {
  let shop: Shop;
  let sandbox: Sandbox;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const pool = new Pool();
  const valid = new Valid(DOCUMENT.components['schemas'] as never, pool);
  const faultsOf = createAnswerCheck(DOCUMENT);
  const answered = new Map<string, Map<number, number>>();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({ credentials, environment: { SANDBOX_URL: sandbox.url, PRICE_SOURCE: 'mall' } });
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
    agent.destroy();
    const ledger = await createLedger({ knex: shop.database.runtime, name: 'kimchi-mall', mustExist: true });
    expect((await ledger.verify({ lagAllowanceMs: 86_400_000, further: [checkShop] })).findings).toEqual([]);
    await shop.close();
    await sandbox.close();
    process.stderr.write(`${[`Fuzzed with seed ${SEED}:`, ...figuresOf(answered)].join('\n')}\n`);
  });

  it.each(OPERATIONS)(
    '$name',
    async ({ path, method, operation }) => {
      const property = fc.asyncProperty(requestsOf(method, path, operation, valid), async (request) => {
        const answer = await send(request);
        count(`${method.toUpperCase()} ${path}`, answer.status);
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

  function count(name: string, status: number): void {
    const ofOperation = answered.get(name) ?? new Map<number, number>();
    answered.set(name, ofOperation.set(status, (ofOperation.get(status) ?? 0) + 1));
  }

  function send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options = { agent, method, path, headers: { ...headers, ...length } };
      const sent = httpRequest(shop.api.url, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      });
      sent.setTimeout(20_000, () => sent.destroy(new Error(`${method} ${path} hung.`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }
});

/** `GET /a: 12 × 200, 3 × 404` for each operation. */
function figuresOf(answered: ReadonlyMap<string, ReadonlyMap<number, number>>): string[] {
  return [...answered].map(([name, statuses]) => {
    const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
    return `  ${name}: ${counts.join(', ')}`;
  });
}
