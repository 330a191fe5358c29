import { HOSTILE_NUMBERS } from '../support/hostile-numbers.ts';

/** What no schema asks for, what has broken services before, and what would do something elsewhere: in SQL, in a header, in a path. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  ...HOSTILE_NUMBERS,
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  '0x10',
  '+1',
  '١',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(10_000),
  "' OR '1'='1",
  "' OR SLEEP(30) -- ",
  "1'; DROP TABLE orders; -- ",
  '1 UNION SELECT token_digest FROM api_tokens',
  '\\',
  '%_',
  '\u0000',
  '\ud800',
  '김치\u202e🥬',
  '../../etc/passwd',
  '/\\evil.example',
  '//evil.example',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: planted=1',
  '{{7*7}}<%= 7*7 %>',
  '2026-02-30',
  '0000-00-00',
  '+275760-09-13T00:00:00Z',
  '__proto__',
  [],
  {},
  [[]],
  { $gt: '' },
  { toString: 'x' },
  ['a', 'b'],
  [1, 1, 1],
  JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`),
];

/** The same for a path, as it is written there. */
export const HOSTILE_SEGMENTS: readonly string[] = [
  '0',
  '-1',
  '1.5',
  '1e3',
  '0x1',
  '4294967296',
  '9'.repeat(400),
  '%20',
  '%00',
  '%0a',
  '%ff',
  '%ed%a0%80',
  '%c0%ae%c0%ae',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '%2f',
  '%5c',
  'a%0d%0aSet-Cookie:%20planted=1',
  "1'%20OR%20'1'='1",
  '1%20UNION%20SELECT%201',
  '1;SELECT%20SLEEP(30)',
  '1,2',
  '*',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'toString',
  '%EA%B9%80%EC%B9%98',
  'x'.repeat(2_000),
];

/** Fields that nobody has to give, and that somebody would like to. */
export const MORE_FIELDS = [
  'role',
  'roles',
  'price',
  'unitPrice',
  'amount',
  'memberId',
  'buyerId',
  'payerId',
  'sellerId',
  'status',
  'lines',
  'isAdmin',
  'createdAt',
  '__proto__',
  'constructor',
] as const;

/** Each way in which one thing of a body can be wrong: replaced, missing, one too many; at any depth. */
export function* mutationsOf(body: unknown, fields: readonly string[]): Generator<unknown> {
  yield* HOSTILE;
  yield* within(body);
  // What the document knows and its example does not show.
  if (!isObject(body)) return;
  for (const field of fields.filter((name) => !Object.hasOwn(body, name))) {
    for (const value of HOSTILE) yield { ...body, [field]: value };
  }
}

function* within(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) yield* inArray(value);
  else if (isObject(value)) yield* inObject(value);
}

function* inArray(list: readonly unknown[]): Generator<unknown> {
  yield Array.from({ length: 1_000 }, () => list[0]);
  for (const [index, one] of list.entries()) {
    for (const other of [...HOSTILE, ...within(one)]) yield list.with(index, other);
  }
}

function* inObject(fields: Readonly<Record<string, unknown>>): Generator<unknown> {
  for (const field of MORE_FIELDS) yield { ...fields, [field]: 'x' };
  for (const [field, part] of Object.entries(fields)) {
    const { [field]: _, ...rest } = fields;
    yield rest;
    for (const other of [...HOSTILE, ...within(part)]) yield { ...fields, [field]: other };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
