import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../test/refusal.ts';
import { readLineageTerm } from './lineage-term.ts';

const HEX = '0af7651916cd43dd8448eb211c80319c';

describe('a lineage term', () => {
  it.each([
    [`ent_${HEX}`, { kind: 'entry', entryId: `ent_${HEX}` }],
    [
      '01a209ee-2806-7043-a471-3a991f6793ab',
      { kind: 'event', eventId: '01a209ee-2806-7043-a471-3a991f6793ab' },
    ],
    ['1042', { kind: 'seq', seq: 1042n }],
    ['18446744073709551616', { kind: 'key', key: '18446744073709551616' }],
    ['jangbu.payment:3:77', { kind: 'offset', topic: 'jangbu.payment', partition: 3, offset: 77n }],
    [HEX, { kind: 'trace', traceId: HEX }],
    [`00-${HEX}-b7ad6b7169203331-01`, { kind: 'trace', traceId: HEX }],
    ['tgen_20260301abc', { kind: 'key', key: 'tgen_20260301abc' }],
    ['키-1 🥬', { kind: 'key', key: '키-1 🥬' }],
    ["' OR 1=1 --", { kind: 'key', key: "' OR 1=1 --" }],
  ])('%s is told by its shape', (term, expected) => {
    expect(readLineageTerm(term)).toEqual(expected);
  });

  it.each(['', 'x'.repeat(301), null, 7])('%p is refused', (term) => {
    expect(refusal(() => readLineageTerm(term as string)).code).toBe('query_malformed');
  });
});
