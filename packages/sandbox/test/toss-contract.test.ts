import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../src/index.ts';
import { callToss } from './toss-caller.ts';
import { tossContract } from './toss-contract.ts';

describe('the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  afterAll(() => sandbox.close());
  const target = () => ({ baseUrl: sandbox.url, secretKey: sandbox.tossSecretKey });
  tossContract('the double', target, async (orderId, amount) => {
    const { body } = await callToss(target(), 'POST', '/sandbox/toss/payments', { orderId, amount });
    return String(body['paymentKey']);
  });
});

const { TOSS_TEST_SECRET_KEY: secretKey, TOSS_TEST_BASE_URL: baseUrl } = process.env;

describe('the provider', () => {
  if (secretKey !== undefined && baseUrl !== undefined) {
    tossContract('the provider', () => ({ baseUrl, secretKey }));
  } else {
    it.skip('needs TOSS_TEST_SECRET_KEY and TOSS_TEST_BASE_URL in the environment', () => {});
  }
});
