import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from '@jangbu/api';
import { describe, expect, it } from '@jest/globals';
import { en } from './page/text/en.ts';
import { ko } from './page/text/ko.ts';

const PAGE = join(import.meta.dirname, 'page');

/** What only a fault of the page brings, for which the text for everything else will do, and what it passes over in silence. */
const SAID_BY_NONE: readonly string[] = [
  'request_invalid',
  'media_type_unsupported',
  'body_missing',
  'body_too_large',
  'json_malformed',
  'idempotency_conflict',
  'cursor_malformed',
  'role_missing',
  // It gives back all that is left of a whole payment.
  'cancel_line_unknown',
  'cancel_exceeds_refundable',
  // Wallets that cannot be read are left out.
  'seller_unknown',
];

/** Codes that come in an address: of a log-in that failed, and of the client for want of an answer. */
const BESIDE_THE_CALLS = ['GET /auth/{provider}', 'GET /auth/{provider}/callback'];
const OF_THE_CLIENT = ['unreachable', 'unreadable'];

const codesByOperation = readCodes();
const called = readCalls();
const met = new Set([
  ...OF_THE_CLIENT,
  ...[...called, ...BESIDE_THE_CALLS].flatMap((operation) => codesByOperation.get(operation) ?? []),
]);

describe('the shop’s texts of problems', () => {
  it('are held against the calls that the page makes', () => {
    expect(called.length).toBeGreaterThan(12);
    expect(called.filter((operation) => !codesByOperation.has(operation))).toEqual([]);
  });

  it.each(Object.entries({ ko, en }))(
    'are there in %s for each problem that the page can meet',
    (_, { problems }) => {
      const missing = [...met].filter(
        (code) => !Object.hasOwn(problems, code) && !SAID_BY_NONE.includes(code),
      );
      expect(missing).toEqual([]);
    },
  );

  it.each(Object.entries({ ko, en }))('are there in %s for nothing else', (_, { problems }) => {
    expect(Object.keys(problems).filter((code) => !met.has(code))).toEqual([]);
  });
});

/** By operation, what it may refuse with: the document names one example a code. */
function readCodes(): Map<string, string[]> {
  const { paths } = describeApi();
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => [
        `${method.toUpperCase()} ${path}`,
        [...JSON.stringify(responses).matchAll(/#\/components\/examples\/(\w+)"/g)].map(
          ([, code = '']) => code,
        ),
      ]),
    ),
  );
}

/** The operations that the page's modules name. */
function readCalls(): string[] {
  const modules = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const text = modules.map((name) => readFileSync(join(PAGE, name), 'utf8')).join('\n');
  const calls = text.matchAll(/\bapi\s*\.(?:send\('(\w+)', |(\w+)\()\s*'([^']+)'/g);
  return [
    ...new Set([...calls].map(([, sent, method = '', path]) => `${(sent ?? method).toUpperCase()} ${path}`)),
  ];
}
