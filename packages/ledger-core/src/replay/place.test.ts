import { describe, expect, it } from '@jest/globals';
import { parsePlace } from './place.ts';

describe('parsePlace', () => {
  it.each([
    ['1000', { seq: 1000n }],
    ['2026-11-23T09:00:00Z', { instant: new Date('2026-11-23T09:00:00Z') }],
    ['2026-11-23T18:00+09:00', { instant: new Date('2026-11-23T09:00:00Z') }],
    ['jangbu.payment:2:4711', { topic: 'jangbu.payment', partition: 2, offset: 4711n }],
    ['outbox:0:12', { seq: 12n }],
  ])('reads %s', (text, place) => {
    expect(parsePlace('--from', text)).toEqual(place);
  });

  it.each([
    '',
    '-1',
    '12x',
    '1e3',
    '2026-11-23',
    '2026-11-23T09:00:00',
    '2026-13-23T09:00:00Z',
    'jangbu.payment:two:1',
    'jangbu.payment:2:',
    'jangbu.payment:2:1:3',
    '9'.repeat(30),
  ])('refuses %s, and says what a place is', (text) => {
    expect(() => parsePlace('--to', text)).toThrow(/^--to is an outbox seq, an instant/);
  });
});
