import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { booksOf, entryOf } from '../../test/entries.ts';
import { isLedgerError } from '../errors.ts';
import { MAX_MINOR, minorUnits } from '../money/money.ts';
import type { Day } from '../periods/business-day.ts';
import { bookGroups } from './booking.ts';
import type { KnownKey } from './decide.ts';
import { decideGroups } from './decide-groups.ts';
import { credit, debit, type LinkedEntry } from './entry.ts';
import { prepare } from './prepare.ts';

const PAGE = readFileSync(new URL('../../../../docs/reference/rejections.md', import.meta.url), 'utf8');

type Line = Record<string, unknown>;

/** An entry, its accounts and its key, while rules are broken in them. */
interface Draft {
  entry: Record<string, unknown> | null;
  /** The line in which the rules about one line are broken. */
  readonly victim: Line;
  readonly before: Line[];
  readonly after: Line[];
  readonly books: Record<string, Parameters<typeof booksOf>[0][string]>;
  known?: 'same body' | 'other body';
}

interface Rule {
  /** Its row in docs/reference/rejections.md. */
  readonly row: string;
  readonly name: string;
  readonly outcome: string;
  /** What the details name, where several rules have one code. */
  readonly field?: string;
  /** `add` puts lines into the entry, before or after those that are there. */
  readonly broken: (draft: Draft, add: (...lines: Line[]) => void) => void;
}

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const pair = (account: string): Line[] => [
  { ...debit(`assets:${account}`, won(1n)) },
  { ...credit('revenue:other', won(1n)), account: `revenue:${account}` },
];
const malformed = (field: string, value: unknown): Pick<Rule, 'outcome' | 'field' | 'broken'> => ({
  outcome: 'entry_malformed',
  field,
  broken: ({ entry }) => Object.assign(entry ?? {}, { [field]: value }),
});
const ofLine = (
  outcome: string,
  changes: Line,
  field?: string,
): Pick<Rule, 'outcome' | 'field' | 'broken'> => ({
  outcome,
  ...(field === undefined ? {} : { field }),
  broken: ({ victim }) => Object.assign(victim, changes),
});
const ofAccount = (
  outcome: string,
  account: string,
  book?: Draft['books'][string],
): Pick<Rule, 'outcome' | 'broken'> => ({
  outcome,
  broken: ({ books }, add) => {
    add(...pair(account));
    books[`revenue:${account}`] = {};
    if (book !== undefined) books[`assets:${account}`] = book;
  },
});

/** In the order of precedence. */
const RULES: readonly Rule[] = [
  {
    row: '1.1',
    name: 'no object',
    outcome: 'entry_malformed',
    field: 'entry',
    broken: (draft) => {
      draft.entry = null;
    },
  },
  { row: '1.2', name: 'an empty key', ...malformed('idempotencyKey', '') },
  { row: '1.3', name: 'a long description', ...malformed('description', 'd'.repeat(501)) },
  { row: '1.4', name: 'a malformed kind', ...malformed('kind', 'No Kind') },
  { row: '1.5', name: 'a malformed event id', ...malformed('eventId', 'no id') },
  { row: '1.6', name: 'no effective time', ...malformed('effectiveAt', new Date(Number.NaN)) },
  {
    row: '1.7',
    name: 'too many lines',
    outcome: 'entry_malformed',
    field: 'lines',
    broken: (_, add) => add(...Array.from({ length: 2_500 }, (_line, index) => pair(`${index}`)).flat()),
  },
  {
    row: '1.8',
    name: 'a malformed account code',
    ...ofLine('account_code_malformed', { account: 'No Account' }),
  },
  { row: '1.8', name: 'no side', ...ofLine('entry_malformed', { side: 'left' }, 'side') },
  {
    row: '1.8',
    name: 'an amount of zero',
    outcome: 'entry_malformed',
    field: 'amount',
    broken: ({ victim }) => {
      victim['amount'] = { ...(victim['amount'] as object), minor: 0n };
    },
  },
  {
    row: '1.8',
    name: 'an unknown currency',
    outcome: 'currency_unknown',
    broken: ({ victim }) => {
      victim['amount'] = { ...(victim['amount'] as object), currency: 'XXX' };
    },
  },
  {
    row: '1.8',
    name: 'an account twice on one side',
    outcome: 'entry_malformed',
    field: 'lines',
    broken: ({ before }) => {
      before.unshift(...pair('victim'));
    },
  },
  {
    row: '1.9',
    name: 'more debits',
    outcome: 'entry_unbalanced',
    broken: ({ books }, add) => {
      add({ ...debit('assets:more', won(1n)) });
      books['assets:more'] = {};
    },
  },
  { row: '1.10', name: 'metadata that is no JSON', ...malformed('metadata', { price: 5n }) },
  {
    row: '1.11',
    name: 'an override by nobody',
    ...malformed('limitOverride', { by: '', reason: 'why' }),
    field: 'limitOverride.by',
  },
  {
    row: '2.1',
    name: 'a key used for the same body',
    outcome: 'replayed',
    broken: (draft) => {
      draft.known = 'same body';
    },
  },
  {
    row: '2.2',
    name: 'a key used for another body',
    outcome: 'idempotency_conflict',
    broken: (draft) => {
      draft.known = 'other body';
    },
  },
  { row: '3.1', name: 'an unknown account', ...ofAccount('account_unknown', 'unknown') },
  {
    row: '3.2',
    name: 'an account in dollars',
    ...ofAccount('currency_mismatch', 'dollars', { currency: 'USD' }),
  },
  { row: '3.3', name: 'a closed account', ...ofAccount('account_closed', 'closed', { status: 'closed' }) },
  { row: '3.4', name: 'a frozen account', ...ofAccount('account_frozen', 'frozen', { status: 'frozen' }) },
  {
    row: '3.5',
    name: 'a closed day',
    ...ofAccount('period_closed', 'told', { closedThrough: '9999-12-31' as Day }),
  },
  {
    row: '3.6',
    name: 'a full account',
    ...ofAccount('balance_overflow', 'full', { postedDebit: MAX_MINOR }),
  },
  {
    row: '3.7',
    name: 'an account at its ceiling',
    ...ofAccount('limit_exceeded', 'capped', { ceiling: 0n }),
  },
];

/** A key is used for the same body or for another one, not for both. */
const APART = new Set(['2.1 2.2']);

function decide(rules: readonly Rule[], side: 'before' | 'after') {
  const victim: Line = { ...debit('assets:victim', won(1_000n)) };
  const draft: Draft = {
    entry: { ...entryOf() },
    victim,
    before: [],
    after: [],
    books: { 'assets:victim': {}, 'revenue:victim': {}, 'revenue:sales': {} },
  };
  for (const { broken } of rules) broken(draft, (...lines) => draft[side].push(...lines));
  const lines = [...draft.before, victim, { ...credit('revenue:sales', won(1_000n)) }, ...draft.after];
  const entry = (draft.entry === null ? null : { ...draft.entry, lines }) as unknown as LinkedEntry;
  const groups = bookGroups([{ entries: [entry] }], new Date(), 'Asia/Seoul');
  return decideGroups(groups, knownKeys(draft, entry), booksOf(draft.books)).outcomes[0]?.[0];
}

function knownKeys({ known }: Draft, entry: LinkedEntry | null): Map<string, KnownKey> {
  if (known === undefined || entry === null) return new Map();
  const fingerprint = known === 'same body' ? fingerprintOf(entry) : Buffer.alloc(32, 1);
  return new Map([[entry.idempotencyKey, { entryId: Buffer.alloc(16), fingerprint }]]);
}

/** Of an entry that is malformed nobody knows it, and it must not matter. */
function fingerprintOf(entry: LinkedEntry): Buffer {
  try {
    return prepare(entry).fingerprint;
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return Buffer.alloc(32);
  }
}

function asTold({ outcome, field }: Rule): object {
  if (outcome === 'replayed') return { status: 'replayed' };
  const details = field === undefined ? {} : { field };
  return {
    status: 'rejected',
    error: expect.objectContaining({ code: outcome, details: expect.objectContaining(details) }),
  };
}

const rows = [...PAGE.matchAll(/^\| (\d\.\d+) \| ([^|]+) \|/gm)].map(([, row = '', outcome = '']) => ({
  row,
  outcome,
}));

describe('docs/reference/rejections.md', () => {
  it('has the rules in the order of their precedence, and no other', () => {
    expect(rows.map(({ row }) => row)).toEqual([...new Set(RULES.map(({ row }) => row))]);
  });

  it.each(RULES)('tells the outcome of $row, $name', ({ row, outcome }) => {
    expect(rows.find((one) => one.row === row)?.outcome).toMatch(new RegExp(`\\b${outcome}\\b`));
  });
});

describe('an entry', () => {
  it('that breaks no rule is posted', () => {
    expect(decide([], 'after')).toMatchObject({ status: 'posted' });
  });

  it.each(RULES)('that has $name is refused for it', (rule) => {
    expect(decide([rule], 'after')).toMatchObject(asTold(rule));
  });

  const pairs = RULES.flatMap((earlier, index) =>
    RULES.slice(index + 1)
      .filter((later) => !APART.has(`${earlier.row} ${later.row}`))
      .map((later) => ({ earlier, later, first: earlier.name, second: later.name })),
  );
  it.each(pairs)('that has $first, and $second as well, is refused for the former', ({ earlier, later }) => {
    expect(decide([earlier, later], 'after')).toMatchObject(asTold(earlier));
    expect(decide([later, earlier], 'before')).toMatchObject(asTold(earlier));
  });

  it('that breaks all rules is refused for the first, and for each next one once that is mended', () => {
    const rules = RULES.filter(({ row }) => row !== '2.1');
    rules.forEach((rule, index) => {
      expect(decide(rules.slice(index), 'after')).toMatchObject(asTold(rule));
    });
  });
});
