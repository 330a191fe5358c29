import fc from 'fast-check';
import type { Operation } from '../../src/http/openapi/operation.ts';
import type { WireRequest } from '../support/send.ts';
import { hostile, type Json, type Schema, type Valid } from './values.ts';

/** Whom the requests come from: the header says it, and nobody is the sandbox's own member. */
export const CALLERS = [
  'nobody',
  'buyer 7',
  'buyer 8',
  'seller 9',
  'accountant 5',
  'operator 4',
  'bad',
] as const;

/** Requests of an operation: sound ones, nearly sound ones, and others. */
export function requestsOf(
  method: string,
  path: string,
  operation: Operation,
  valid: Valid,
): fc.Arbitrary<WireRequest> {
  return fc
    .record({
      params: fc.tuple(...fieldsIn('path', operation).map((field) => segment(field, valid))),
      query: queryOf(fieldsIn('query', operation), valid),
      headers: headersOf(),
      body: operation.requestBody === undefined ? fc.constant(undefined) : bodyOf(operation, valid),
    })
    .map(({ params, query, headers, body }) => ({
      method,
      path: fill(path, params) + query,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body,
    }));
}

/** A sound request, as a client sends it that means well. */
export function soundRequestsOf(
  method: string,
  path: string,
  operation: Operation,
  valid: Valid,
): fc.Arbitrary<WireRequest> {
  const known = ({ name, schema }: Schema) => valid.of(schema as Schema, String(name)).map(toSegment);
  const owed = fieldsIn('query', operation).filter((field) => field['required'] === true);
  return fc
    .record({
      params: fc.tuple(...fieldsIn('path', operation).map(known)),
      query: fc.tuple(...owed.map((field) => known(field).map((value) => `${field['name']}=${value}`))),
      key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      body:
        operation.requestBody === undefined
          ? fc.constant(undefined)
          : valid.of(bodySchemaOf(operation)).map((body) => JSON.stringify(body)),
    })
    .map(({ params, query, key, body }) => ({
      method,
      path: fill(path, params) + (query.length === 0 ? '' : `?${query.join('&')}`),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      body,
    }));
}

/** What an operation takes in its path, or in its query. */
function fieldsIn(place: 'path' | 'query', operation: Operation): Operation['parameters'] {
  return operation.parameters.filter((parameter) => parameter['in'] === place);
}

function bodySchemaOf(operation: Operation): Schema {
  const content = operation.requestBody?.['content'] as Record<string, { schema: Schema }> | undefined;
  return content?.['application/json']?.schema ?? {};
}

function fill(path: string, params: readonly string[]): string {
  let next = 0;
  return path.replaceAll(/\{\w+\}/g, () => params[next++] ?? '');
}

const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 });

function segment({ name, schema }: Schema, valid: Valid): fc.Arbitrary<string> {
  return mostly(valid.of(schema as Schema, String(name)), hostile, 3).map(toSegment);
}

/** Part of a path: never empty, and no slash, which would make it another path. */
function toSegment(value: Json): string {
  const text = encode(typeof value === 'string' ? value : JSON.stringify(value));
  return text === '' || text === 'confirm' ? 'x' : text;
}

/** A lone surrogate cannot be written; it goes as the bytes that no UTF-8 has. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ed%a0%80';
}

function queryOf(fields: readonly Schema[], valid: Valid): fc.Arbitrary<string> {
  const known = fields.map((field) => {
    const value = mostly(valid.of(field['schema'] as Schema, String(field['name'])), hostile);
    return fc.option(
      value.map((one) => `${field['name']}=${encode(String(one))}`),
      {
        nil: '',
        freq: field['required'] === true ? 9 : 1,
      },
    );
  });
  // A query that no route knows is refused, so that is rare.
  const strange = fc.constantFrom('x=1', '__proto__[a]=b', 'limit=1&limit=2', '%ff=%fe', '&&=');
  const more = mostly(fc.constant(''), strange, 9);
  return fc
    .tuple(fc.tuple(...known), more)
    .map(([parts, extra]) => [...parts, extra].filter((part) => part !== '').join('&'))
    .map((text) => (text === '' ? '' : `?${text}`));
}

const headerText = fc.string({ unit: fc.constantFrom(...'abc019 ,;="\t\\/*-_é'), maxLength: 300 });

function headersOf(): fc.Arbitrary<Record<string, string>> {
  const type = fc.constantFrom(
    'application/json; charset=utf-8',
    'text/plain',
    'application/json; charset=utf-16',
    'x',
  );
  return fc
    .tuple(
      fc.record(
        {
          'X-Test-Caller': fc.constantFrom(...CALLERS),
          'Idempotency-Key': mostly(fc.constantFrom('a', 'b', 'c'), headerText),
          'If-None-Match': mostly(fc.constantFrom('*', '"x"', 'W/"x"'), headerText),
          'X-Request-Id': headerText,
          Accept: mostly(fc.constantFrom('*/*', 'text/html', 'application/json'), headerText),
          Cookie: headerText,
          traceparent: headerText,
        },
        { requiredKeys: ['X-Test-Caller'], noNullPrototype: true },
      ),
      // Of another type nothing of a body is read, so that is rare.
      mostly(
        fc.constant({}),
        type.map((one) => ({ 'Content-Type': one })),
        9,
      ),
    )
    .map(([headers, ofType]) => ({ ...headers, ...ofType }));
}

function bodyOf(operation: Operation, valid: Valid): fc.Arbitrary<string | Buffer | undefined> {
  const { content } = operation.requestBody as unknown as {
    content: Record<string, { schema: Schema; example?: Json }>;
  };
  const { schema = {}, example } = content['application/json'] ?? {};
  const drawn = valid.of(schema);
  const sound = example === undefined ? drawn : fc.oneof(drawn, drawn, fc.constant(example));
  const text = (json: fc.Arbitrary<Json>) => json.map((value) => JSON.stringify(value));
  return fc.oneof(
    { arbitrary: text(sound), weight: 5 },
    { arbitrary: text(fc.tuple(sound, changes).map(([body, change]) => change(body))), weight: 4 },
    { arbitrary: text(hostile), weight: 1 },
    { arbitrary: unreadable, weight: 1 },
  );
}

const EXTRA = [
  'role',
  'roles',
  'price',
  'amount',
  'memberId',
  'sellerId',
  'status',
  'isAdmin',
  '__proto__',
  '',
];

/** What makes a sound body nearly sound: a field is gone, another value, or one too many. */
const changes: fc.Arbitrary<(body: Json) => Json> = fc
  .record({
    way: fc.constantFrom('drop', 'replace', 'add'),
    at: fc.nat(20),
    value: hostile,
    name: fc.constantFrom(...EXTRA),
  })
  .map(({ way, at, value, name }) => (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return value;
    const names = Object.keys(body);
    const one = names[at % Math.max(1, names.length)] ?? name;
    const { [one]: _, ...rest } = body;
    if (way === 'drop') return rest;
    return way === 'replace' ? { ...rest, [one]: value } : { ...body, [name]: value };
  });

const unreadable: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"a":',
    'null',
    '"x"',
    '[[]',
    `{"a":"${'x'.repeat(66_000)}"}`,
    '{"a":1}{"b":2}',
    "{'a':1}",
  ),
  fc.constantFrom(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, `[${'1,'.repeat(20_000)}1]`),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .uint8Array({ maxLength: 20 })
    .map((bytes) => Buffer.concat([Buffer.from('{"a":"'), bytes, Buffer.from('"}')])),
);
