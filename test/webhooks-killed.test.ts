import { checkShop } from '@jangbu/api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Receiver, startReceiver } from '../packages/api/test/support/receiver.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { type Buyer, buyerOf } from './support/buyer.ts';
import { type System, startSystem } from './support/system.ts';

describe('an API that is killed while it sends webhooks', () => {
  let system: System;
  let buyer: Buyer;
  let receiver: Receiver;
  let endpointId: string;
  beforeAll(async () => {
    system = await startSystem();
    buyer = buyerOf(system);
    receiver = await startReceiver();
    const { body } = await buyer.call('POST', '/api/webhook-endpoints', { url: receiver.url });
    endpointId = body.result.endpointId;
  }, 60_000);
  afterAll(async () => {
    await receiver?.close();
    await system?.end();
  });

  const idsReceived = () => receiver.received.map(({ headers }) => headers['webhook-id']);
  const waiting = async () => {
    const { body } = await buyer.call(
      'GET',
      `/api/webhook-endpoints/${endpointId}/deliveries?status=waiting`,
    );
    return body.result.items.length;
  };

  it.each([
    ['before it is sent', 'webhook.leased', 0],
    ['before its answer is recorded', 'webhook.sent', 1],
  ])(
    '%s loses no event: the next one sends it, by the same id',
    async (_when, point, sentAlready) => {
      const before = receiver.received.length;
      await system.service('api').stop();
      const dying = await system.start('api', { JANGBU_FAIL_POINT: point });
      // It may die before it has answered.
      await buyer.payPatiently().catch(() => undefined);
      expect(await dying.ended).toBe('SIGKILL');
      expect(receiver.received.length - before).toBe(sentAlready);

      await system.start('api');
      // As when its lease has run out.
      await system.database.admin.raw('UPDATE webhook_deliveries SET due_at = created_at');
      await waitFor('nothing to wait', async () => (await waiting()) === 0);
      const sent = idsReceived().slice(before);
      expect(sent).toHaveLength(sentAlready + 1);
      expect(new Set(sent).size).toBe(1);
    },
    60_000,
  );

  it('again and again, under a crowd, tells of every payment at least once', async () => {
    const before = receiver.received.length;
    const paying = Array.from({ length: 30 }, () => buyer.payPatiently());
    for (const share of [0.25, 0.6]) {
      await waitFor('some to be told', async () => receiver.received.length - before >= 30 * share, {
        everyMs: 5,
      });
      await system.service('api').kill();
      await system.start('api');
    }
    const paid = (await Promise.all(paying)).map(({ paymentKey }) => paymentKey);
    const told = () => new Set(receiver.received.slice(before).map(({ body }) => body.data.paymentKey));
    await waitFor(
      'all to be told',
      async () => {
        await system.database.admin.raw(
          `UPDATE webhook_deliveries SET due_at = created_at WHERE status = 'waiting' AND created_at < NOW() - INTERVAL 1 SECOND`,
        );
        return (await waiting()) === 0 && told().size === paid.length;
      },
      { timeoutMs: 30_000, everyMs: 500 },
    );
    expect(told()).toEqual(new Set(paid));
    await system.untilSettled();
    expect((await system.ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
  }, 90_000);
});
