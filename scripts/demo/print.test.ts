import { describe, expect, it } from '@jest/globals';
import { stepLines, tailLines } from './print.ts';

describe('stepLines', () => {
  it('sets the lines of an entry under each other', () => {
    expect(
      stepLines({
        step: 'journal',
        ms: 1.25,
        found: [
          {
            entryId: 'ent_1',
            description: 'Order 7, seller 1',
            lines: [
              { account: 'assets:cash', side: 'debit', amount: '38000' },
              { account: 'revenue:fees', side: 'credit', amount: '900' },
            ],
          },
        ],
      }),
    ).toEqual([
      '     1.3  journal        ent_1: Order 7, seller 1',
      '                           debit   assets:cash   38,000',
      '                           credit  revenue:fees     900',
    ]);
  });

  it.each([
    [
      'kafka',
      'Debezium → Kafka jangbu.payment, partition 2, offset 9; applied 41.3 ms after the outbox row was made',
    ],
    ['embedded', 'straight from MySQL; applied 41.3 ms after the outbox row was made'],
  ] as const)('says how the event came, through %s', (source, text) => {
    const found = { source, topic: 'jangbu.payment', partition: 2, offset: '9', delayMs: 41.25 };
    expect(stepLines({ step: 'relay', ms: 60, found })[0]).toContain(text);
  });

  it('shows a trial balance that does not prove itself', () => {
    const totals = [{ currency: 'KRW', debit: '2', credit: '1' }];
    const found = { asOf: '2026-11-23', totals, outboxSeq: '1' };
    expect(stepLines({ step: 'trial balance', ms: 1, found })[0]).toContain(
      'debit balances 2 ≠ credit balances 1',
    );
  });
});

describe('tailLines', () => {
  it('names what does not hold, and what to do', () => {
    const lines = tailLines({ steps: [], totalMs: 98.7, checks: { 'pigs fly': false, 'two is two': true } });
    expect(lines.join('\n')).toContain('98.7 ms');
    expect(lines.at(-1)).toBe('DOES NOT HOLD: pigs fly. Run npx jangbu verify.');
  });
});
