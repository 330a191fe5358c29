import type { RelayStatus } from '@jangbu/ledger-core';
import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';

const relayStatusSchema = z
  .object({
    source: z
      .enum(['kafka', 'embedded'])
      .nullable()
      .meta({ description: 'What the relay last read; null when it never has.' }),
    lagEvents: z.int(),
    lagSeconds: z
      .number()
      .meta({ description: 'Age of the oldest event that is neither applied nor in dead letters.' }),
    oldestUnsettledSeconds: z.number().meta({ description: 'The same, dead letters included.' }),
    deadLetters: z.int(),
    connector: z
      .object({ state: z.string(), tasks: z.array(z.string()) })
      .nullable()
      .meta({ description: 'Null where there is no Connect.' }),
    binlogLoss: z
      .object({ purgedAt: z.iso.datetime(), healedAt: z.iso.datetime().nullable() })
      .nullable()
      .meta({
        description: 'When MySQL purged binlogs that the connector had not read; null where it never has.',
      }),
  })
  .meta({ id: 'RelayStatus' });

export function relayStatusRoutes(readStatus: () => Promise<RelayStatus>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/relay/status',
      summary: 'Read how far settlement is behind',
      tags: ['Relay'],
      access: ['operator', 'accountant'],
      answers: { 200: { description: 'The relay’s state', result: relayStatusSchema } },
      problems: [],
      async handle() {
        return { status: 200, result: await readStatus() };
      },
    }),
  ];
}
