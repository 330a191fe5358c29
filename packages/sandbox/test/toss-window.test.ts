import { describe, expect, it } from '@jest/globals';
import { callLogIn, postForm } from './log-in-caller.ts';
import { runningSandbox } from './running-sandbox.ts';

const VISIT = {
  orderId: 'kimchi-1',
  orderName: '포기김치 1kg',
  amount: '38000',
  successUrl: 'http://127.0.0.1:8081/pay',
  failUrl: 'http://127.0.0.1:8081/orders/kimchi-1?from=window',
};

describe('the payment window', () => {
  const sandbox = runningSandbox();
  const address = () => `${sandbox.url}/sandbox/toss/window`;
  const decide = async (fields: Record<string, string>) => {
    const { status, headers } = await postForm(address(), { ...VISIT, ...fields });
    return { status, url: new URL(headers.get('location') ?? 'http://nowhere.invalid') };
  };

  it('sends a buyer who agrees back with a payment that waits to be confirmed', async () => {
    const { status, url } = await decide({ card: 'good', decision: 'agree' });
    expect(status).toBe(302);
    expect(url.origin + url.pathname).toBe(VISIT.successUrl);
    const { paymentKey, ...said } = Object.fromEntries(url.searchParams);
    expect(said).toEqual({ paymentType: 'NORMAL', orderId: 'kimchi-1', amount: '38000' });
    expect((await sandbox.get(`/v1/payments/${paymentKey}`)).body).toMatchObject({
      status: 'IN_PROGRESS',
      orderName: '포기김치 1kg',
      totalAmount: 38_000,
    });
    expect((await sandbox.confirm({}, { paymentKey })).body).toMatchObject({
      status: 'DONE',
      method: '카드',
    });
  });

  it('lets a buyer choose a card that will be refused', async () => {
    const { url } = await decide({ card: 'bad', decision: 'agree' });
    const paymentKey = url.searchParams.get('paymentKey');
    const refused = await sandbox.confirm({}, { paymentKey });
    expect(refused).toMatchObject({ status: 403, body: { code: 'REJECT_CARD_PAYMENT' } });
  });

  it('sends a buyer who leaves back with a code, and makes no payment', async () => {
    const { url } = await decide({ decision: 'refuse' });
    expect(url.pathname).toBe('/orders/kimchi-1');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      from: 'window',
      code: 'PAY_PROCESS_CANCELED',
      orderId: 'kimchi-1',
    });
    expect((await sandbox.get('/sandbox/toss/payments')).body.payments).toEqual([]);
  });

  it('shows what is paid for as text, whatever it is called', async () => {
    const query = new URLSearchParams({ ...VISIT, orderName: '<script>alert("김치")</script>' });
    const { status, body } = await callLogIn(`${address()}?${query}`);
    expect(status).toBe(200);
    expect(body).toContain('38,000원');
    expect(body).not.toContain('<script>alert');
  });

  it.each([
    ['another machine’s address', { successUrl: 'https://elsewhere.example/' }],
    ['no address', { failUrl: '' }],
    ['an amount of nothing', { amount: '0' }],
    ['an amount in words', { amount: 'much' }],
  ])('leads nowhere with %s', async (_what, changed) => {
    const { status, headers } = await postForm(address(), { ...VISIT, ...changed, decision: 'agree' });
    expect([status, headers.get('location')]).toEqual([400, null]);
  });
});
