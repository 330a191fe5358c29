import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../test/entries.ts';
import { refusal } from '../../test/refusal.ts';
import { registerCurrency } from '../money/currency.ts';
import { MAX_MINOR, minorUnits, money } from '../money/money.ts';
import { credit, debit, type LinkedEntry } from './entry.ts';
import { prepare } from './prepare.ts';

registerCurrency('POINT', 0);

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const cash = debit('assets:cash', won(1_000n));
const sales = credit('revenue:sales', won(1_000n));
const ENTRY_ID = `ent_${'0a'.repeat(16)}`;
const HOLD_ID = `hld_${'0b'.repeat(16)}`;
const utc = (text: string) => new Date(`${text}T00:00:00Z`);

function refused(changes: Parameters<typeof entryOf>[0]) {
  return refusal(() => prepare(entryOf(changes)));
}

describe('a field of the wrong shape', () => {
  const texts = [
    5,
    5n,
    null,
    true,
    {},
    [],
    ['key'],
    Object.create(null),
    new String('key'),
    () => 'key',
    '\ud83d',
    'a\udc00b',
  ];
  const cases: [keyof LinkedEntry, unknown][] = [
    ...['', 'k'.repeat(192), undefined, ...texts].map((value): [keyof LinkedEntry, unknown] => [
      'idempotencyKey',
      value,
    ]),
    ...['d'.repeat(501), ...texts.filter((text) => text !== null)].map(
      (value): [keyof LinkedEntry, unknown] => ['description', value],
    ),
    ...['', 'Sale', 'a b', 'a'.repeat(65), '판매', '😀', 'sale\n', undefined, ...texts].map(
      (value): [keyof LinkedEntry, unknown] => ['kind', value],
    ),
    ...['', 'a_b', 'a'.repeat(37), 'a\n', '이벤트', ...texts].map((value): [keyof LinkedEntry, unknown] => [
      'eventId',
      value,
    ]),
    ...[
      null,
      '2026-01-01',
      0,
      1_767_225_600_000,
      {},
      new Date(Number.NaN),
      new Date(-8.64e15),
      new Date(8.64e15),
      utc('1000-01-01'),
      utc('9999-12-31'),
      utc('0000-01-01'),
    ].map((value): [keyof LinkedEntry, unknown] => ['effectiveAt', value]),
    ...[[], [cash], null, undefined, {}, 'lines', new Set([cash, sales])].map(
      (value): [keyof LinkedEntry, unknown] => ['lines', value],
    ),
  ];

  it.each(cases)('is refused: %s %.60p', (field, value) => {
    expect(refused({ [field]: value })).toMatchObject({ code: 'entry_malformed', details: { field } });
  });

  it.each([null, undefined, 'entry', 5, () => entryOf()])('is refused: the entry %p', (entry) => {
    expect(refusal(() => prepare(entry as unknown as LinkedEntry))).toMatchObject({
      code: 'entry_malformed',
      details: { field: 'entry' },
    });
  });

  it.each([
    [null, 'limitOverride.by'],
    [{}, 'limitOverride.by'],
    ['chief', 'limitOverride.by'],
    [{ by: '', reason: 'r' }, 'limitOverride.by'],
    [{ by: 'b'.repeat(501), reason: 'r' }, 'limitOverride.by'],
    [{ by: 'chief' }, 'limitOverride.reason'],
    [{ by: 'chief', reason: '' }, 'limitOverride.reason'],
    [{ by: 'chief', reason: '\ud800' }, 'limitOverride.reason'],
    [{ by: 'chief', reason: 5n }, 'limitOverride.reason'],
  ])('is refused: the override %p', (limitOverride, field) => {
    expect(refused({ limitOverride })).toMatchObject({ code: 'entry_malformed', details: { field } });
  });

  it.each(['', 'ent_', ENTRY_ID.slice(0, -1), `${ENTRY_ID}0`, ENTRY_ID.toUpperCase(), HOLD_ID, 5, null, {}])(
    'is refused: reversing %p',
    (reverses) => {
      expect(refused({ reverses }).code).toBe('entry_malformed');
    },
  );

  it.each(['hld_', ENTRY_ID, 5, null])('is refused: capturing %p', (captures) => {
    expect(refused({ captures }).code).toBe('entry_malformed');
  });
});

describe('a line of the wrong shape', () => {
  const line = (changes: Record<string, unknown>) => refused({ lines: [{ ...cash, ...changes }, sales] });

  it.each([
    '',
    'Assets',
    'assets:',
    ':cash',
    'assets::cash',
    'assets cash',
    'a'.repeat(192),
    '자산:현금',
    'assets:😀',
    'assets\n',
    '\ud800',
    5,
    null,
    undefined,
    {},
    Object.create(null),
    ['assets'],
  ])('is refused: the account %.40p', (account) => {
    expect(line({ account }).code).toBe('account_code_malformed');
  });

  it.each(['', 'DEBIT', 'dr', 1, null, undefined])('is refused: the side %p', (side) => {
    expect(line({ side })).toMatchObject({ code: 'entry_malformed', details: { field: 'side' } });
  });

  it.each([
    ['zero', won(0n)],
    ['less than zero', won(-1n)],
    ['no Money', '1000'],
    ['a number', 1_000],
    ['a bigint', 1_000n],
    ['null', null],
    ['undefined', undefined],
    ['Money whose minor units are text', { minor: '1000', currency: 'KRW' }],
    ['Money whose minor units are NaN', { minor: Number.NaN, currency: 'KRW' }],
    ['Money without minor units', { currency: 'KRW' }],
    ['Money past 64 bits', { minor: MAX_MINOR + 1n, currency: 'KRW' }],
    ['Money far past 64 bits', { minor: 10n ** 30n, currency: 'KRW' }],
  ])('is refused: an amount of %s', (_, amount) => {
    expect(line({ amount })).toMatchObject({
      code: 'entry_malformed',
      details: { field: 'amount', account: 'assets:cash' },
    });
  });

  it.each(['won', 'XXX', '', '__proto__', 410, null, undefined, 5n])(
    'is refused: the currency %p',
    (currency) => {
      expect(line({ amount: { minor: 1n, currency } }).code).toBe('currency_unknown');
    },
  );

  it.each([null, undefined, 'line', 5])('is refused: %p', (other) => {
    expect(refused({ lines: [cash, other] }).code).toBe('account_code_malformed');
  });

  it.each(['NaN', 'Infinity', '', '1e3', '１０００'])('cannot even be built with %p', (text) => {
    expect(refusal(() => debit('assets:cash', money(text, 'KRW'))).code).toBe('money_malformed');
  });

  it('cannot even be built with too many decimals', () => {
    expect(refusal(() => debit('assets:cash', money('0.5', 'KRW'))).code).toBe('money_too_many_decimals');
  });

  it('is refused when its account stands on the same side twice', () => {
    const half = debit('assets:cash', won(500n));
    expect(refused({ lines: [half, half, sales] })).toMatchObject({
      code: 'entry_malformed',
      details: { field: 'lines', account: 'assets:cash' },
    });
  });

  it('is taken when its account stands on both sides', () => {
    const lines = [cash, credit('assets:cash', won(1_000n))];
    expect(prepare(entryOf({ lines })).entry.lines).toEqual(lines);
  });
});

describe('an entry that does not balance', () => {
  it.each<[string, LinkedEntry['lines'], Record<string, string>]>([
    ['has more debits', [debit('a', won(3n)), credit('b', won(1n))], { KRW: '2' }],
    [
      'has more credits',
      [debit('a', money('0.01', 'USD')), credit('b', money('1', 'USD'))],
      { USD: '-0.99' },
    ],
    ['has one side only', [debit('a', won(3n)), debit('b', won(3n))], { KRW: '6' }],
    [
      'balances in sum and not in each currency',
      [debit('a', won(100n)), credit('b', minorUnits(100n, 'POINT'))],
      { KRW: '100', POINT: '-100' },
    ],
    [
      'is off in one currency of two',
      [
        debit('a', won(1n)),
        credit('b', won(1n)),
        debit('c', minorUnits(2n, 'USD')),
        credit('d', minorUnits(1n, 'USD')),
      ],
      { USD: '0.01' },
    ],
    [
      'passes 64 bits in sum',
      [debit('a', won(MAX_MINOR)), debit('b', won(MAX_MINOR)), credit('c', won(1n))],
      { KRW: '18446744073709551613' },
    ],
  ])('is refused when it %s', (_, lines, differences) => {
    expect(refused({ lines })).toMatchObject({ code: 'entry_unbalanced', details: { differences } });
  });
});

describe('an entry that is well formed', () => {
  it.each([
    [
      'the longest of everything',
      {
        idempotencyKey: 'k'.repeat(191),
        description: '설'.repeat(500),
        kind: 'a'.repeat(64),
        eventId: 'E'.repeat(36),
        limitOverride: { by: 'b'.repeat(500), reason: 'r'.repeat(500) },
        metadata: { text: 'a'.repeat(65_535 - 11) },
      },
    ],
    [
      'Hangul and emoji',
      {
        idempotencyKey: '주문-7-🥬👨‍👩‍👧‍👦',
        description: '배추김치 3kg 🥬',
        metadata: { 받는이: '김장군 🎖️' },
        limitOverride: { by: '팀장', reason: '🆗' },
      },
    ],
    ['the shortest of everything', { idempotencyKey: 'k', kind: '-', description: '', metadata: {} }],
    ['the far past', { effectiveAt: utc('1000-01-02') }],
    ['the far future', { effectiveAt: utc('9999-12-30') }],
    ['a reversal', { reverses: ENTRY_ID }],
    ['a capture', { captures: HOLD_ID }],
    [
      'the most that an amount can be',
      {
        lines: [debit('a', won(MAX_MINOR)), credit('b', won(MAX_MINOR - 1n)), credit('c', won(1n))],
      },
    ],
    [
      'several currencies',
      {
        lines: [
          debit('a', won(5n)),
          credit('b', won(5n)),
          debit('c', minorUnits(7n, 'POINT')),
          credit('d', minorUnits(7n, 'POINT')),
        ],
      },
    ],
  ])('may have %s', (_, changes) => {
    const { entry } = prepare(entryOf(changes));
    expect(entry).toEqual(entryOf(changes));
  });

  it('may have 5,000 lines', () => {
    const lines = [
      debit('assets:cash', won(4_999n)),
      ...Array.from({ length: 4_999 }, (_, index) => credit(`revenue:${index}`, won(1n))),
    ];
    expect(prepare(entryOf({ lines })).entry.lines).toHaveLength(5_000);
  });

  it.each([5_000, 9_999])('may not have %i lines and one more', (count) => {
    const lines = [
      debit('assets:cash', won(BigInt(count))),
      ...Array.from({ length: count }, (_, index) => credit(`revenue:${index}`, won(1n))),
    ];
    expect(refused({ lines })).toMatchObject({ code: 'entry_malformed', details: { field: 'lines' } });
  });

  it('gives the bytes of what it reverses and captures', () => {
    expect(prepare(entryOf({ reverses: ENTRY_ID })).reverses).toEqual(Buffer.alloc(16, 0x0a));
    expect(prepare(entryOf({ captures: HOLD_ID })).captures).toEqual(Buffer.alloc(16, 0x0b));
    expect(prepare(entryOf())).toMatchObject({
      reverses: null,
      captures: null,
      metadata: null,
      limitOverride: null,
    });
  });

  it('stays as it was checked, whatever its author then does to it', () => {
    const effectiveAt = utc('2026-01-01');
    const amount = { ...won(1_000n) };
    const lines = [{ ...cash, amount }, { ...sales }];
    const given = entryOf({ lines, effectiveAt });
    const { entry } = prepare(given);
    const before = structuredClone(entry);
    Object.assign(amount, { minor: 9n });
    Object.assign(lines[1] ?? {}, { account: 'assets:theft', side: 'debit' });
    lines.push(debit('assets:more', won(1n)));
    effectiveAt.setFullYear(1999);
    Object.assign(given, { kind: 'other' });
    expect(entry).toEqual(before);
  });
});

describe('the fingerprint', () => {
  const full = {
    description: 'd',
    effectiveAt: utc('2026-01-01'),
    eventId: 'e',
    metadata: { a: 1, b: { c: [1, 2] } },
    limitOverride: { by: 'b', reason: 'r' },
  };
  const fingerprintOf = (changes: object) =>
    prepare(entryOf({ ...full, ...changes })).fingerprint.toString('hex');
  const base = fingerprintOf({});

  it.each<[string, object]>([
    ['another key', { idempotencyKey: 'another' }],
    ['the fields of the metadata in another order', { metadata: { b: { c: [1, 2] }, a: 1 } }],
    ['fields that are undefined', { metadata: { ...full.metadata, d: undefined }, reverses: undefined }],
    ['an equal entry of new objects', structuredClone(full)],
    ['lines with more on them than an entry has', { lines: [{ ...cash, note: 1 }, sales] }],
  ])('is the same for %s', (_, changes) => {
    expect(fingerprintOf(changes)).toBe(base);
  });

  const different: [string, object][] = [
    ['kind', { kind: 'other' }],
    ['description', { description: 'e' }],
    ['no description', { description: undefined }],
    ['effective time', { effectiveAt: utc('2026-01-02') }],
    ['effective time, by a millisecond', { effectiveAt: new Date(full.effectiveAt.getTime() + 1) }],
    ['no effective time', { effectiveAt: undefined }],
    ['event', { eventId: 'f' }],
    ['no event', { eventId: undefined }],
    ['what it reverses', { reverses: ENTRY_ID }],
    ['what it captures', { captures: HOLD_ID }],
    ['who overrides', { limitOverride: { by: 'c', reason: 'r' } }],
    ['why it overrides', { limitOverride: { by: 'b', reason: 's' } }],
    ['no override', { limitOverride: undefined }],
    ['metadata', { metadata: { a: 2, b: { c: [1, 2] } } }],
    ['the order of a list in the metadata', { metadata: { a: 1, b: { c: [2, 1] } } }],
    ['a number as text in the metadata', { metadata: { a: '1', b: { c: [1, 2] } } }],
    ['empty metadata', { metadata: {} }],
    ['no metadata', { metadata: undefined }],
    ['amount', { lines: [debit('assets:cash', won(7n)), credit('revenue:sales', won(7n))] }],
    ['currency', { lines: [cash, sales].map((line) => ({ ...line, amount: minorUnits(1_000n, 'POINT') })) }],
    ['account', { lines: [debit('assets:bank', won(1_000n)), sales] }],
    ['sides', { lines: [credit('assets:cash', won(1_000n)), debit('revenue:sales', won(1_000n))] }],
    ['the order of the lines', { lines: [sales, cash] }],
    [
      'more lines',
      {
        lines: [
          debit('assets:cash', won(1_000n)),
          credit('revenue:sales', won(999n)),
          credit('revenue:x', won(1n)),
        ],
      },
    ],
  ];

  it.each(different)('differs with another %s', (_, changes) => {
    expect(fingerprintOf(changes)).not.toBe(base);
  });

  it('differs between all of these', () => {
    const all = [base, ...different.map(([, changes]) => fingerprintOf(changes))];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not take one field for another', () => {
    const pairs: [object, object][] = [
      [
        { description: 'a', eventId: undefined },
        { description: '', eventId: 'a' },
      ],
      [{ reverses: ENTRY_ID }, { captures: HOLD_ID }],
      [
        { metadata: { by: 'b', reason: 'r' }, limitOverride: undefined },
        { metadata: undefined, limitOverride: { by: 'b', reason: 'r' } },
      ],
    ];
    for (const [one, other] of pairs) expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  it('is what it was in every earlier version, because stored keys are compared with it', () => {
    expect(prepare(entryOf()).fingerprint.toString('hex')).toMatchInlineSnapshot(
      `"a1b815bd6c5cd7921c1de4fc60aa99663a999afef4e3ed998d13fe42ee1db235"`,
    );
    expect(base).toMatchInlineSnapshot(`"4b096a36f5abb73b45d7d16785f9590275389f79b85bb9387c66fcb7e5419846"`);
  });
});
