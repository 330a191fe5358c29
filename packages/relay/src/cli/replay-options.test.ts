import { describe, expect, it } from '@jest/globals';
import { assertSensible, type ReplayFlags, wholeNumber } from './replay-options.ts';

const flags = (given: Partial<ReplayFlags>): ReplayFlags => ({
  ledger: 'mall',
  pageSize: '500',
  by: 'kim',
  ...given,
});

describe('assertSensible', () => {
  it.each<Partial<ReplayFlags>>([
    { from: '1' },
    { into: 'fresh' },
    { from: '1', to: '2', aggregate: 'x', dryRun: true },
    { resume: true, json: true, yes: true },
    { cancel: '7' },
  ])('takes %j', (given) => {
    expect(() => assertSensible(flags(given))).not.toThrow();
  });

  it.each<[Partial<ReplayFlags>, string]>([
    [{}, 'Say from where'],
    [{ to: '9' }, 'Say from where'],
    [{ resume: true, from: '1' }, '--resume goes on with a run as it was begun; leave out --from.'],
    [{ cancel: '7', dryRun: true }, 'leave out --dry-run'],
    [{ resume: '7', throughKafka: true }, 'leave out --through-kafka'],
    [{ resume: '7', cancel: '7' }, 'leave out --cancel'],
  ])('refuses %j', (given, message) => {
    expect(() => assertSensible(flags(given))).toThrow(message);
  });
});

describe('wholeNumber', () => {
  it.each(['0', '-1', '1.5', 'all', '', '6'])('refuses %s where 5 is the most', (text) => {
    expect(() => wholeNumber('--page-size', text, 5)).toThrow('--page-size is a whole number from 1 to 5');
  });
});
