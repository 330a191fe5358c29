import { describe, expect, it } from '@jest/globals';
import { describeApi } from '../../src/index.ts';
import { createAnswerCheck } from '../fuzz/answers.ts';
import { createFits } from '../support/fits.ts';
import { oneShop } from '../support/one-shop.ts';
import { type DescribedOperation, exampleOf, namesIn, operationsIn, queryOf } from '../support/operations.ts';
import type { WireAnswer } from '../support/send.ts';
import { CHECK_OUT } from '../support/shop.ts';
import { HOSTILE, HOSTILE_SEGMENTS, MORE_FIELDS, mutationsOf } from './hostile-values.ts';

const OPERATIONS = operationsIn('sandbox');
const WITH_BODY = OPERATIONS.filter(({ operation }) => operation.requestBody !== undefined);
const fits = createFits(describeApi('sandbox'));
const faultsOf = createAnswerCheck(describeApi('sandbox'));
const parametersOf = ({ operation }: DescribedOperation, place: string) =>
  operation.parameters.filter((one) => one['in'] === place).map(({ name }) => String(name));

/** Of these the first that fits stands in a path, so that only what a test puts into it is wrong. */
const SOUND = ['1', 'order-1', 'naver', 'seller', '01a20922-e322-728c-91d7-db1f27ed7f8f'];

/** Whose callers may say more than they are asked for: older clients, and the providers. */
const TOLERANT = new Set([
  'POST /api/check-out',
  'POST /api/payments/confirm',
  'POST /test/confirm',
  'POST /webhooks/toss',
  'GET /auth/{provider}/callback',
]);

/**
 * The document is the oracle. What does not fit its schemas is refused as `request_invalid`; what fits, however nasty, is answered as it
 * describes. The caller is the sandbox's own member with every role, so that nothing is refused for who asks.
 */
describe('every operation', () => {
  const { shop, send } = oneShop();

  function pathOf(operation: DescribedOperation, given: Readonly<Record<string, string>> = {}): string {
    return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const sound = SOUND.find((text) => fits.parameter(operation, name, text));
      if (sound === undefined) throw new Error(`Nothing in SOUND fits {${name}}.`);
      return given[name] ?? sound;
    });
  }
  const ask = (operation: DescribedOperation, path: string, body: unknown = exampleOf(operation)) =>
    send({
      method: operation.method,
      path,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  /** Everything that an answer to something hostile has to be. */
  function expectSound(
    operation: DescribedOperation,
    isFitting: boolean,
    asked: unknown,
    answer: WireAnswer,
  ) {
    const text = JSON.stringify(asked).slice(0, 300);
    expect({ text, faults: faultsOf(operation.path, operation.method, answer) }).toEqual({
      text,
      faults: [],
    });
    expect(String(answer.headers['set-cookie'])).not.toContain('planted');
    if (isFitting) return;
    const { code } = JSON.parse(answer.text);
    expect({ text, status: answer.status, code }).toEqual({ text, status: 400, code: expectedFor(asked) });
  }

  it.each(OPERATIONS)('$name is not refused as it stands in the document', async (operation) => {
    expect(operation.operation.requestBody === undefined || exampleOf(operation) !== undefined).toBe(true);
    const answer = await ask(operation, pathOf(operation) + queryOf(operation));
    expect(faultsOf(operation.path, operation.method, answer)).toEqual([]);
    if (answer.status >= 400) expect(JSON.parse(answer.text).code).not.toBe('request_invalid');
  });

  it.each(OPERATIONS.filter(({ path }) => namesIn(path).length > 0))(
    '$name takes nothing else in its path',
    async (operation) => {
      for (const name of namesIn(operation.path)) {
        for (const segment of HOSTILE_SEGMENTS) {
          const decoded = decode(segment);
          const isFitting = decoded !== undefined && fits.parameter(operation, name, decoded);
          const answer = await ask(operation, pathOf(operation, { [name]: segment }) + queryOf(operation));
          expectSound(operation, isFitting, { [name]: segment }, answer);
        }
      }
    },
  );

  it.each(OPERATIONS)('$name takes nothing else in its query', async (operation) => {
    const known = parametersOf(operation, 'query');
    const isTolerant = TOLERANT.has(operation.name);
    const path = pathOf(operation);
    for (const name of known) {
      for (const value of HOSTILE.filter((one) => typeof one === 'string')) {
        if (!value.isWellFormed()) continue;
        const answer = await ask(operation, `${path}?${name}=${encodeURIComponent(value)}`);
        expectSound(operation, fits.parameter(operation, name, value), { [name]: value }, answer);
      }
      expectSound(operation, false, { [name]: 'twice' }, await ask(operation, `${path}?${name}=1&${name}=2`));
      expectSound(operation, isTolerant, { [name]: 'nested' }, await ask(operation, `${path}?${name}[a]=1`));
    }
    for (const more of [...MORE_FIELDS, 'a[b][c]', '%00', 'a%0d%0aSet-Cookie:%20planted']) {
      const answer = await ask(operation, `${path}?${more}=1`);
      expectSound(operation, isTolerant, { more }, answer);
    }
  });

  it.each(WITH_BODY)('$name takes nothing else in its body', async (operation) => {
    const example = exampleOf(operation);
    let refused = 0;
    for (const body of mutationsOf(example, Object.keys(propertiesOf(operation)))) {
      const isFitting = fits.body(operation, body);
      if (!isFitting) refused++;
      expectSound(operation, isFitting, body, await ask(operation, pathOf(operation), body));
    }
    expect(refused).toBeGreaterThan(20);
  });

  it.each(WITH_BODY)('$name is given no more than it asks for', async (operation) => {
    const example = await freshFor(operation);
    const plain = await ask(operation, pathOf(operation), example);
    for (const name of MORE_FIELDS) {
      if (Object.hasOwn(propertiesOf(operation), name)) continue;
      const body = {
        ...((await freshFor(operation)) as object),
        [name]: Object.hasOwn(MORE_VALUES, name) ? MORE_VALUES[name] : 1,
      };
      const answer = await ask(operation, pathOf(operation), body);
      expectSound(operation, fits.body(operation, body), body, answer);
      if (answer.status !== 400) expect(tellingOf(answer)).toEqual(tellingOf(plain));
    }
  });

  /** An order that is there, so that a payment of it succeeds. */
  async function freshFor({ name, ...operation }: DescribedOperation): Promise<unknown> {
    if (name === 'POST /api/check-out') return CHECK_OUT;
    const orderId = name.endsWith('/confirm') ? await shop().order() : undefined;
    const example = exampleOf({ name, ...operation }) as object;
    const { paymentKey: _, ...rest } = example as { paymentKey?: string };
    return orderId === undefined ? example : { ...rest, orderId, paymentKey: `of-${orderId}` };
  }

  function propertiesOf({ operation }: DescribedOperation): Record<string, unknown> {
    const content = operation.requestBody?.['content'] as Record<string, { schema: { properties: object } }>;
    return { ...content['application/json']?.schema.properties };
  }
});

/** What is neither an object nor a list is no body at all. */
const expectedFor = (asked: unknown) =>
  typeof asked === 'object' && asked !== null ? 'request_invalid' : 'json_malformed';

/** What mass assignment would want to be. */
const MORE_VALUES: Readonly<Record<string, unknown>> = {
  role: 'operator',
  roles: ['operator'],
  status: 'paid',
  lines: [],
  isAdmin: true,
};

/** What of an answer says what something costs, whose it is and how it stands. */
function tellingOf({ status, text }: WireAnswer) {
  const { result = {} } = text === '' ? {} : JSON.parse(text);
  const { amount, status: state, buyerId, payerId, roles, sellerId, lines, replayed } = result;
  return { status, amount, state, buyerId, payerId, roles, sellerId, lines, replayed };
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
