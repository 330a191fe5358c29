import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { describeApi } from '../../src/index.ts';
import { createAnswerCheck } from '../fuzz/answers.ts';
import { oneShop } from '../support/one-shop.ts';
import { fillIn, operationsIn, queryOf } from '../support/operations.ts';

const OPERATIONS = operationsIn('sandbox');
const WITH_BODY = OPERATIONS.filter(({ operation }) => operation.requestBody !== undefined);
const WITHOUT = OPERATIONS.filter(({ operation }) => operation.requestBody === undefined);
const faultsOf = createAnswerCheck(describeApi('sandbox'));

const around = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"name":"'), Buffer.from(bytes), Buffer.from('"}')]);
const MIB = 2 ** 20;
const JSON_TYPE = { 'Content-Type': 'application/json' };

interface Bad {
  readonly what: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
}
const malformed = (what: string, body: string | Buffer): Bad => ({
  what,
  body,
  status: 400,
  code: 'json_malformed',
});
const ZIPPED = { 'Content-Encoding': 'gzip' };

/** What no operation reads, whatever it is about. */
const BAD: readonly Bad[] = [
  malformed('33 levels', `${'['.repeat(33)}${']'.repeat(33)}`),
  malformed('32,000 levels', `{"a":${'['.repeat(32_000)}${']'.repeat(32_000)}}`),
  malformed('30,000 open brackets', '{"a":'.repeat(10_000)),
  malformed('half an object', '{"a":'),
  malformed('two objects', '{}{}'),
  malformed('a comma too many', '{"a":1,}'),
  malformed('single quotes', "{'a':1}"),
  malformed('a comment', '{/**/}'),
  malformed('NaN', '{"a":NaN}'),
  malformed('a number without end', `{"a":${'9'.repeat(30_000)}e}`),
  malformed('a byte-order mark in the middle', '{\ufeff}'),
  malformed('Latin-1', around(0xe9)),
  malformed('an overlong slash', around(0xc0, 0xaf)),
  malformed('a surrogate in UTF-8', around(0xed, 0xa0, 0x80)),
  malformed('a code point beyond the last', around(0xf4, 0x90, 0x80, 0x80)),
  malformed('half a character', around(0xea, 0xb9)),
  malformed('UTF-16', Buffer.from('{"a":1}', 'utf16le')),
  { what: '64 KiB and a byte', body: `"${'x'.repeat(65_535)}"`, status: 413, code: 'body_too_large' },
  { what: '10 MiB', body: `"${'x'.repeat(10 * MIB)}"`, status: 413, code: 'body_too_large' },
  {
    what: '100 MiB, zipped',
    body: gzipSync(Buffer.alloc(100 * MIB, ' ')),
    headers: ZIPPED,
    status: 413,
    code: 'body_too_large',
  },
  { what: 'what is not zipped', body: '{}', headers: ZIPPED, status: 400, code: 'request_invalid' },
  {
    what: 'an encoding that nobody knows',
    body: '{}',
    headers: { 'Content-Encoding': 'zip' },
    status: 415,
    code: 'media_type_unsupported',
  },
  ...[
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=a',
    'application/json; charset=utf-16',
  ].map(
    (type): Bad => ({
      what: type,
      body: '{}',
      headers: { 'Content-Type': type },
      status: 415,
      code: 'media_type_unsupported',
    }),
  ),
  ...['null', '"{}"', '1', 'true'].map((body) => malformed(body, body)),
  { what: 'a list', body: '[]', status: 400, code: 'request_invalid' },
];

describe('a body that cannot be read', () => {
  const { send } = oneShop();
  const SOUND: Readonly<Record<string, string>> = {
    orderId: 'order-1',
    provider: 'naver',
    role: 'accountant',
    endpointId: '01a20922-e322-728c-91d7-db1f27ed7f8f',
  };

  it.each(WITH_BODY)('is refused before anything else is done with it: $name', async (operation) => {
    const path = fillIn(operation.path, (name) => SOUND[name] ?? '1');
    for (const { what, body, headers, status, code } of BAD) {
      const answer = await send({
        method: operation.method,
        path,
        headers: { ...JSON_TYPE, ...headers },
        body,
      });
      const is = { what, status: answer.status, code: JSON.parse(answer.text).code };
      expect(is).toEqual({ what, status, code });
      expect(faultsOf(operation.path, operation.method, answer)).toEqual([]);
    }
  });

  it.each(WITHOUT)('is not read where none is asked for: $name', async (operation) => {
    const path = fillIn(operation.path, (name) => SOUND[name] ?? '1') + queryOf(operation);
    const { method } = operation;
    const plain = await send({ method, path, headers: {} });
    for (const { what, body, headers } of BAD.filter((bad) => bad.body.length < MIB)) {
      const answer = await send({ method, path, headers: { ...JSON_TYPE, ...headers }, body });
      expect({ what, faults: faultsOf(operation.path, method, answer) }).toEqual({ what, faults: [] });
      // What it tells may have changed with the first; whether it is refused has not.
      if (plain.status >= 400)
        expect({ what, status: answer.status }).toEqual({ what, status: plain.status });
    }
  });
});
