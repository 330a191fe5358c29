import fc from 'fast-check';
import { HOSTILE_NUMBERS } from '../support/hostile-numbers.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Schema = Readonly<Record<string, unknown>>;

/**
 * Values that answers have shown, by the name of their field, and what stood beside each other: what is asked next names things that are
 * there, an order with its own amount.
 */
export class Pool {
  readonly #values = new Map<string, Json[]>();
  #records: Readonly<Record<string, Json>>[] = [];

  learn(value: unknown, name = ''): void {
    if (Array.isArray(value)) for (const item of value) this.learn(item, name);
    else if (typeof value === 'object' && value !== null) {
      this.#records = [value as Record<string, Json>, ...this.#records].slice(0, 200);
      for (const [field, part] of Object.entries(value)) this.learn(part, field);
    } else if (typeof value === 'string' || typeof value === 'number') this.#add(name, value);
  }

  /** The same index gives the same value only while nothing is learned; a failure is shown with the request as it was sent. */
  at(name: string, index: number): Json | undefined {
    const known = this.#values.get(name.replace(/s$/, '')) ?? [];
    return known[index % Math.max(1, known.length)];
  }

  /** Of fields that stood together in one answer, those that are asked for: two at least, or none. */
  together(fields: readonly string[], index: number): Record<string, Json> {
    const fitting = this.#records
      .map((record) =>
        Object.entries(record).filter(([name, value]) => fields.includes(name) && isPlain(value)),
      )
      .filter((known) => known.length > 1);
    return Object.fromEntries(fitting[index % Math.max(1, fitting.length)] ?? []);
  }

  #add(name: string, value: string | number): void {
    const known = this.#values.get(name) ?? [];
    if (known.includes(value)) return;
    this.#values.set(name, [value, ...known].slice(0, 20));
  }
}

const isPlain = (value: Json) => typeof value === 'string' || typeof value === 'number';

const DEEP: Json = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);

/** What no schema asks for, and what has broken services before. */
export const hostile: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    'NaN',
    '9'.repeat(400),
    'x'.repeat(10_000),
    "' OR '1'='1",
    '1; DROP TABLE orders --',
    '\u0000',
    '\ud800',
    '김치\u202e🥬',
    '../../etc/passwd',
    '%00',
    '\r\nSet-Cookie: a=b',
    '{{7*7}}',
    '2026-02-30',
    '0000-00-00',
    '9999-12-31T23:59:59.999999Z',
    '+275760-09-13T00:00:00Z',
    '=1+1',
    ...HOSTILE_NUMBERS,
    [],
    {},
    { $gt: '' },
    ['a', 'b'],
    DEEP,
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** Values that a schema allows; where an answer showed one of the field's name, that one so many times in ten. */
export class Valid {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #pool: Pool;
  readonly #known: fc.Arbitrary<boolean>;

  constructor(schemas: Readonly<Record<string, Schema>>, pool: Pool, knownInTen = 5) {
    this.#schemas = schemas;
    this.#pool = pool;
    this.#known = fc.nat(9).map((drawn) => drawn < knownInTen);
  }

  of(schema: Schema, name = ''): fc.Arbitrary<Json> {
    const drawn = this.#drawn(schema, name);
    // What is known stands for one thing; a list takes such things for its items.
    if (schema['type'] === 'array') return drawn;
    return fc
      .tuple(this.#known, fc.nat(19), drawn)
      .map(([isKnown, index, value]) => (isKnown ? (this.#pool.at(name, index) ?? value) : value));
  }

  #drawn(schema: Schema, name: string): fc.Arbitrary<Json> {
    if (typeof schema['$ref'] === 'string') return this.#referred(schema['$ref'], name);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as Json[]));
    if (Array.isArray(schema['examples'])) {
      const { examples, ...rest } = schema;
      return fc.oneof(fc.constantFrom(...(examples as Json[])), this.#drawn(rest, name));
    }
    if ('const' in schema) return fc.constant(schema['const'] as Json);
    const either = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Schema[] | undefined;
    if (either !== undefined) return fc.oneof(...either.map((one) => this.#drawn(one, name)));
    switch (schema['type']) {
      case 'string':
        return stringOf(schema);
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.#arrayOf(schema, name);
      case 'object':
        return this.#objectOf(schema);
      default:
        return fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>;
    }
  }

  #referred(pointer: string, name: string): fc.Arbitrary<Json> {
    return this.#drawn(this.#schemas[pointer.replace('#/components/schemas/', '')] ?? {}, name);
  }

  #arrayOf({ items = {}, minItems = 0, maxItems = 5 }: Schema, name: string): fc.Arbitrary<Json> {
    return fc.array(this.of(items as Schema, name), {
      minLength: minItems as number,
      maxLength: Math.min(maxItems as number, 5),
    });
  }

  #objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<Json> {
    const fields = Object.entries(properties as Record<string, Schema>);
    const drawn = fc.record(Object.fromEntries(fields.map(([field, one]) => [field, this.of(one, field)])), {
      requiredKeys: required as string[],
      noNullPrototype: true,
    });
    const names = fields.map(([name]) => name);
    return fc
      .tuple(this.#known, fc.nat(19), drawn)
      .map(([isKnown, index, value]) =>
        isKnown ? { ...value, ...this.#pool.together(names, index) } : value,
      ) as fc.Arbitrary<Json>;
  }
}

function stringOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  if (format === 'date-time') return instant.map((date) => date.toISOString());
  if (format === 'date') return instant.map((date) => date.toISOString().slice(0, 10));
  if (format === 'uri') return fc.webUrl();
  if (format === 'uuid') return fc.uuid();
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.string({
    minLength: minLength as number,
    maxLength: Math.min(maxLength as number, 40),
    unit: 'grapheme',
  });
}

function numberOf({ type, minimum = -1e6, maximum = 1e6 }: Schema): fc.Arbitrary<number> {
  const [least, most] = [minimum as number, maximum as number];
  if (type === 'number') return fc.double({ min: least, max: most, noNaN: true });
  const range = {
    min: Math.max(least, Number.MIN_SAFE_INTEGER),
    max: Math.min(most, Number.MAX_SAFE_INTEGER),
  };
  // Small ids are those that the sample shop has.
  const small = { min: Math.max(range.min, 0), max: Math.min(range.max, 8) };
  return small.min > small.max ? fc.integer(range) : fc.oneof(fc.integer(small), fc.integer(range));
}
