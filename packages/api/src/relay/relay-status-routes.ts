import type { RelayStatus } from '@jangbu/ledger-core';
import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { instantSchema } from '../http/schemas.ts';

const relayStatusSchema = z
  .object({
    source: z
      .enum(['kafka', 'embedded'])
      .nullable()
      .meta({ description: 'What the relay reads, or read last; null when none ever has.' }),
    lagEvents: z.int(),
    lagSeconds: z
      .number()
      .meta({ description: 'Age of the oldest event that is neither applied nor in dead letters.' }),
    oldestUnsettledSeconds: z.number().meta({ description: 'The same, dead letters included.' }),
    deadLetters: z.int(),
    batchEvents: z.int().meta({ description: 'How many events the last transaction took.' }),
    duplicatesDropped: z.int().meta({
      description: 'Events that came again after they were applied, and were dropped; from the beginning.',
    }),
    relays: z
      .array(
        z.object({
          relay: z.string().meta({ description: 'The process.', examples: ['shop-1:4711'] }),
          alive: z.boolean().meta({ description: 'Whether MySQL hears of it.' }),
          topic: z.string().meta({ description: '`outbox` where MySQL itself is read.' }),
          partitions: z.array(z.int()),
          since: instantSchema,
        }),
      )
      .meta({ description: 'Who reads which partitions; of the embedded source one leader reads all.' }),
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
