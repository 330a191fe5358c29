import type { Knex } from 'knex';
import { z } from 'zod';
import { createCursors, pageQuery, pageSchema, toPage } from '../http/page.ts';
import { orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { instantSchema } from '../http/schemas.ts';
import { FINDING_KINDS, listFindings } from './order-findings-table.ts';

const cursors = createCursors('order-findings', z.int());

const findingSchema = z
  .object({
    findingId: z.int(),
    kind: z.enum(FINDING_KINDS),
    orderId: orderIdSchema,
    paymentKey: paymentKeySchema,
    details: z.record(z.string(), z.unknown()),
    noticedAt: instantSchema,
  })
  .meta({ id: 'OrderFinding' });

export function findingRoutes(knex: Knex): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/order-findings',
      summary: 'List what an operator has to look at, newest first',
      description: 'Payments that were approved after their order had ended, and what they oversold.',
      tags: ['Orders'],
      access: ['operator', 'accountant'],
      query: z.object(pageQuery),
      answers: { 200: { description: 'A page', result: pageSchema(findingSchema) } },
      problems: ['cursor_malformed'],
      async handle({ query: { limit, cursor } }) {
        const before = cursors.decode(cursor) ?? Number.MAX_SAFE_INTEGER;
        const findings = await listFindings(knex, { limit, before });
        const page = toPage(findings, limit, {
          itemOf: (finding) => ({ ...finding, noticedAt: finding.noticedAt.toISOString() }),
          cursorOf: ({ findingId }) => cursors.encode(findingId),
        });
        return { status: 200, result: page };
      },
    }),
  ];
}
