import { beginReplay, cancelReplay, createLedger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { checkShop } from '../src/index.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

describe('replays', () => {
  let shop: Shop;
  /** No relay runs here: what a replay does not apply is not applied. */
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
    for (let payments = 0; payments < 3; payments++)
      expect((await shop.confirm(await shop.order())).status).toBe(200);
  });
  afterAll(async () => {
    const ledger = await openLedger('kimchi-mall');
    expect((await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
    await shop.close();
  });

  const start = (body: unknown) => shop.call('POST', '/api/relay/replays', body);
  const openLedger = (name: string) => createLedger({ knex: shop.database.runtime, name, mustExist: true });

  async function ended(path: string) {
    let result: { status: string } | undefined;
    await waitFor('the replay to end', async () => {
      result = (await shop.call('GET', path)).body.result;
      return result?.status !== 'running';
    });
    return result;
  }

  it('begins one in the background, which applies what was missed, once', async () => {
    const first = await start({ from: '1' });
    expect(first.status).toBe(202);
    expect(first.body.result).toMatchObject({
      kind: 'apply',
      by: 'member 1',
      fromSeq: '1',
      totalEvents: 3,
      interrupted: false,
    });
    const location = first.headers.get('location') ?? '';
    expect(location).toBe(`/api/relay/replays/${first.body.result.runId}`);
    expect(await ended(location)).toMatchObject({
      status: 'completed',
      counts: { applied: 3, duplicates: 0 },
    });
    const wallet = await shop.call('GET', '/api/sellers/2/wallet');
    expect(wallet.body.result.pending).not.toBe('0');
    const again = await start({ from: '1', to: '2' });
    const path = again.headers.get('location') ?? '';
    expect(await ended(path)).toMatchObject({ status: 'completed', counts: { applied: 0, duplicates: 2 } });
  });

  it('rebuilds the books in a fresh ledger, by other rates', async () => {
    const { headers } = await start({ into: 'cheaper', feePolicy: { feeRate: '0.01', vatRate: '0.1' } });
    expect(await ended(headers.get('location') ?? '')).toMatchObject({
      kind: 'rebuild',
      status: 'completed',
      counts: { applied: 3 },
    });
    const fees = await (await openLedger('cheaper')).balance('revenue:platform-fees');
    expect(fees.posted).toBe('1140');
    expectProblem(await start({ into: 'cheaper' }), 409, 'replay_target_in_use');
  });

  it('refuses what it cannot do', async () => {
    expectProblem(await start({}), 400, 'replay_malformed');
    expectProblem(await start({ from: 'soon' }), 400, 'replay_malformed');
    expectProblem(await start({ from: 1 }), 400, 'request_invalid');
    expectProblem(await start({ from: '99' }), 422, 'replay_range_empty');
    expectProblem(await start({ from: '2', to: '1' }), 400, 'replay_malformed');
    expectProblem(await start({ from: '1', into: 'Not A Name' }), 400, 'ledger_malformed');
    expectProblem(
      await start({ into: 'x', feePolicy: { feeRate: '2', vatRate: '0' } }),
      422,
      'split_impossible',
    );
    expectProblem(await shop.call('GET', '/api/relay/replays/999'), 404, 'replay_unknown');
    expectProblem(await shop.call('GET', '/api/relay/replays/first'), 400, 'request_invalid');
  });

  it('runs one at a time, and shows one whose process is gone', async () => {
    const { runtime } = shop.database;
    const session = await beginReplay(runtime, { ledger: 'kimchi-mall', fromSeq: 1n, by: 'kim' });
    const path = `/api/relay/replays/${session.run.runId}`;
    expectProblem(await start({ from: '1' }), 409, 'replay_running');
    expect((await shop.call('GET', path)).body.result.interrupted).toBe(false);
    await session.close();
    expect((await shop.call('GET', path)).body.result).toMatchObject({
      status: 'running',
      interrupted: true,
    });
    expectProblem(await start({ from: '1' }), 409, 'replay_interrupted');
    await cancelReplay(runtime, session.run.runId, 'kim');
    expect((await shop.call('GET', path)).body.result).toMatchObject({
      status: 'cancelled',
      cancelAskedBy: 'kim',
    });
  });
});
