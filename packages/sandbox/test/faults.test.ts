import { describe, expect, it } from '@jest/globals';
import { runningSandbox } from './running-sandbox.ts';

const sandbox = runningSandbox();
const key = { 'idempotency-key': 'order-kimchi-1' };
const statusOfPayment = async () => (await sandbox.get('/v1/payments/key-1')).body['status'];

describe('a fault', () => {
  it('that drops the answer after the work leaves an approved payment', async () => {
    await sandbox.open();
    await sandbox.fault({ route: 'confirm', dropAnswer: 'after' });
    await expect(sandbox.confirm(key)).rejects.toThrow('fetch failed');
    expect(await statusOfPayment()).toBe('DONE');
    expect(await sandbox.confirm(key)).toMatchObject({ status: 200, body: { status: 'DONE' } });
  });

  it('that drops the answer before the work leaves no trace, so the same key works', async () => {
    await sandbox.open();
    await sandbox.fault({ route: 'confirm', dropAnswer: 'before' });
    await expect(sandbox.confirm(key)).rejects.toThrow('fetch failed');
    expect(await statusOfPayment()).toBe('IN_PROGRESS');
    expect(await sandbox.confirm(key)).toMatchObject({ status: 200 });
  });

  it('that answers for the provider leaves no trace either', async () => {
    await sandbox.open();
    await sandbox.fault({ route: 'confirm', status: 503, code: 'COMMON_ERROR' });
    expect(await sandbox.confirm(key)).toMatchObject({ status: 503, body: { code: 'COMMON_ERROR' } });
    expect(await sandbox.confirm(key)).toMatchObject({ status: 200 });
  });

  it('can answer an error when the work was done', async () => {
    await sandbox.open();
    await sandbox.fault({ route: 'confirm', status: 500, afterWork: true });
    expect(await sandbox.confirm(key)).toMatchObject({ status: 500 });
    expect(await statusOfPayment()).toBe('DONE');
  });

  it('goes by payment and order on every route', async () => {
    await sandbox.open();
    await sandbox.confirm();
    await sandbox.fault({ route: 'get', status: 500, orderId: 'kimchi-1' });
    await sandbox.fault({ route: 'cancel', status: 500, paymentKey: 'key-2' });
    expect(await sandbox.get('/v1/payments/key-1')).toMatchObject({ status: 500 });
    expect(await sandbox.get('/v1/payments/orders/kimchi-1')).toMatchObject({ status: 200 });
    expect(await sandbox.post('/v1/payments/key-1/cancel', { cancelReason: '변심' })).toMatchObject({
      status: 200,
    });
  });

  it('is listed until it is spent or taken away', async () => {
    await sandbox.fault({ route: 'get', status: 500, times: 'always' });
    expect(await sandbox.get('/sandbox/faults')).toMatchObject({
      body: { faults: [{ id: 1, struckCount: 0 }] },
    });
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    expect(await sandbox.get('/sandbox/faults')).toEqual({ status: 200, body: { faults: [] } });
  });

  it.each([{}, { route: 'refund' }, { route: 'get', times: 0 }, { route: 'get', status: 200 }])(
    'is not taken as %j',
    async (fault) => {
      expect(await sandbox.fault(fault)).toMatchObject({ status: 400, body: { code: 'FAULT_INVALID' } });
    },
  );
});
