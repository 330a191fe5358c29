import { type Ledger, parseDay, type TrialBalanceOptions } from '@jangbu/ledger-core';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { parse } from '../http/parse.ts';
import type { AddRoute } from '../http/routes.ts';

const querySchema = z.object({
  asOf: z.string().optional(),
  from: z.string().optional(),
  knownAt: z.iso
    .datetime({ offset: true, error: 'must be an instant such as 2026-01-31T09:00:00+09:00' })
    .optional(),
  format: z.string().optional(),
});

export function trialBalanceRoutes(ledger: Ledger) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/reports/trial-balance', {
      get: async (request, response) => {
        const query = parse(querySchema, request.query);
        assertFormat(query.format);
        response.json({ result: await ledger.trialBalance(optionsOf(query)) });
      },
    });
  };
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
