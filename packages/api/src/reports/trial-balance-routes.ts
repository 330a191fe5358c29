import { type Ledger, parseDay, type TrialBalance, type TrialBalanceOptions } from '@jangbu/ledger-core';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { daySchema, givenInstantSchema, instantSchema, moneySchema, seqSchema } from '../http/schemas.ts';
import { toCsv } from './csv.ts';

const FORMATS: readonly string[] = ['json', 'csv'];
const CSV_TYPE = 'text/csv; charset=utf-8';

const querySchema = z.object({
  asOf: z.string().optional().meta({ description: 'The last effective day that counts, YYYY-MM-DD.' }),
  from: z
    .string()
    .optional()
    .meta({ description: 'The first day whose turnover is shown; what came before is the opening.' }),
  knownAt: givenInstantSchema.optional().meta({ description: 'Leaves out what was booked later.' }),
  format: z.string().optional().meta({ description: 'json, which is what it is without, or csv.' }),
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
      answers: {
        200: {
          description: 'The trial balance',
          result: trialBalanceSchema,
          media: [CSV_TYPE],
          headers: { 'Content-Disposition': 'With csv: the name of the file' },
        },
      },
      problems: ['day_malformed', 'format_unsupported'],
      async handle({ query }) {
        assertFormat(query.format);
        const balance = await ledger.trialBalance(optionsOf(query));
        return query.format === 'csv' ? csvAnswer(balance) : { status: 200, result: balance };
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
  if (format === undefined || FORMATS.includes(format)) return;
  throw new ShopError('format_unsupported', `The trial balance comes as ${FORMATS.join(' or ')}.`, {
    format: format.slice(0, 40),
    supported: FORMATS,
  });
}

const COLUMNS = ['account', 'name', 'type', 'currency', 'opening', 'debit', 'credit', 'closing'] as const;

function csvAnswer({ ledger, asOf, rows }: TrialBalance) {
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="trial-balance-${ledger}-${asOf}.csv"` },
    type: CSV_TYPE,
    content: toCsv(
      COLUMNS,
      rows.map((row) => COLUMNS.map((column) => row[column])),
    ),
  } as const;
}
