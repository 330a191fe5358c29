import { type Ledger, parseDay, type TrialBalanceOptions } from '@jangbu/ledger-core';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { daySchema, instantSchema, moneySchema, seqSchema } from '../http/schemas.ts';

const querySchema = z.object({
  asOf: z.string().optional().meta({ description: 'The last effective day that counts, YYYY-MM-DD.' }),
  from: z
    .string()
    .optional()
    .meta({ description: 'The first day whose turnover is shown; what came before is the opening.' }),
  knownAt: z.iso
    .datetime({ offset: true, error: 'must be an instant such as 2026-01-31T09:00:00+09:00' })
    .optional()
    .meta({ description: 'Leaves out what was booked later.' }),
  format: z.string().optional().meta({ description: 'json.' }),
});

const trialBalanceSchema = z
  .object({
    ledger: z.string(),
    asOf: daySchema,
    knownAt: instantSchema,
    rows: z.array(
      z
        .object({
          account: z.string(),
          name: z.string(),
          type: z.enum(['asset', 'liability', 'equity', 'revenue', 'expense']),
          currency: z.string(),
          opening: moneySchema,
          debit: moneySchema,
          credit: moneySchema,
          closing: moneySchema,
        })
        .meta({ id: 'TrialBalanceRow' }),
    ),
    totals: z
      .array(z.object({ currency: z.string(), debit: moneySchema, credit: moneySchema }))
      .meta({ description: 'The closing balances by side; equal in sound books.' }),
    outboxSeq: seqSchema.nullable().meta({ description: 'The last event whose effect is in these figures.' }),
    chainHead: z.string().nullable().meta({ description: 'The digest of the last sealed block.' }),
  })
  .meta({ id: 'TrialBalance' });

export function trialBalanceRoutes(ledger: Ledger): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/reports/trial-balance',
      summary: 'Read every account’s balance, at any date',
      description: 'Opening and closing are on the account’s normal side.',
      tags: ['Reports'],
      access: ['accountant', 'operator'],
      query: querySchema,
      answers: { 200: { description: 'The trial balance', result: trialBalanceSchema } },
      problems: ['day_malformed', 'format_unsupported'],
      async handle({ query }) {
        assertFormat(query.format);
        return { status: 200, result: await ledger.trialBalance(optionsOf(query)) };
      },
    }),
  ];
}

/** @throws LedgerError `day_malformed` */
function optionsOf({ asOf, from, knownAt }: z.output<typeof querySchema>): TrialBalanceOptions {
  return {
    ...(asOf === undefined ? {} : { asOf: parseDay(asOf) }),
    ...(from === undefined ? {} : { from: parseDay(from) }),
    ...(knownAt === undefined ? {} : { knownAt: new Date(knownAt) }),
  };
}

function assertFormat(format: string | undefined): void {
  if (format === undefined || format === 'json') return;
  throw new ShopError('format_unsupported', 'The trial balance comes as json.', {
    format: format.slice(0, 40),
    supported: ['json'],
  });
}
