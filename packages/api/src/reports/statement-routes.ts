import { type Ledger, LedgerError, type StatementLine } from '@jangbu/ledger-core';
import { z } from 'zod';
import { type Caller, hasRole } from '../http/caller.ts';
import { pageQuery, pageSchema } from '../http/page.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { givenInstantSchema, instantSchema, moneySchema } from '../http/schemas.ts';

const lineSchema = z
  .object({
    sequence: z.int().meta({ description: 'Its number within the account, from 1, without a gap.' }),
    entryId: z.string(),
    kind: z.string(),
    description: z.string(),
    effectiveAt: instantSchema,
    bookedAt: instantSchema,
    side: z.enum(['debit', 'credit']),
    amount: moneySchema.meta({
      description: 'On the account’s normal side: what makes it grow is above zero.',
    }),
    balance: moneySchema.meta({ description: 'What the account held after this line.' }),
    counterparts: z.array(z.string()).meta({ description: 'The entry’s other accounts.' }),
  })
  .meta({ id: 'StatementLine' });

const statementSchema = pageSchema(lineSchema)
  .extend({ account: z.string(), currency: z.string() })
  .meta({ id: 'Statement' });

export function statementRoutes(ledger: Ledger): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/accounts/{code}/statement',
      summary: 'Read an account’s lines, each with the balance after it',
      description: 'A seller reads its own accounts; accountants and operators read any.',
      tags: ['Reports'],
      access: ['seller', 'accountant', 'operator'],
      params: z.object({
        code: z
          .string()
          .max(191)
          .meta({ examples: ['liabilities:sellers:1:pending'] }),
      }),
      query: z.object({
        ...pageQuery,
        order: z
          .enum(['oldest', 'newest'])
          .default('oldest')
          .meta({ description: 'Which line comes first.' }),
        from: givenInstantSchema.optional().meta({ description: 'Only what is effective then or later.' }),
        to: givenInstantSchema.optional().meta({ description: 'Only what is effective before.' }),
      }),
      answers: { 200: { description: 'A page of lines', result: statementSchema } },
      problems: ['account_code_malformed', 'account_unknown', 'cursor_malformed', 'query_malformed'],
      async handle({ params: { code }, query, caller }) {
        assertMayRead(caller, code);
        const page = await ledger.statement(code, {
          limit: query.limit,
          newestFirst: query.order === 'newest',
          counterparts: true,
          ...(query.cursor === undefined ? {} : { after: query.cursor }),
          ...(query.from === undefined ? {} : { from: new Date(query.from) }),
          ...(query.to === undefined ? {} : { to: new Date(query.to) }),
        });
        const { account, currency, lines, after, hasMore } = page;
        const items = lines.map(lineView);
        return { status: 200, result: { account, currency, items, nextCursor: hasMore ? after : null } };
      },
    }),
  ];
}

function lineView({ effectiveAt, bookedAt, counterparts = [], ...line }: StatementLine) {
  return {
    ...line,
    effectiveAt: effectiveAt.toISOString(),
    bookedAt: bookedAt.toISOString(),
    counterparts,
  };
}

/** To a seller, accounts that are not its own are not there. */
function assertMayRead(caller: Caller, code: string): void {
  if (hasRole(caller, 'accountant', 'operator')) return;
  const { sellerId } = caller;
  if (sellerId !== undefined && code.startsWith(`liabilities:sellers:${sellerId}:`)) return;
  throw new LedgerError('account_unknown', `There is no account ${code}.`, { account: code });
}
