import { describe, expect, it } from '@jest/globals';
import { showSecret, signedHeaders } from './signature.ts';

/** The example of the specification: https://github.com/standard-webhooks/standard-webhooks, and of its libraries' tests. */
const SECRET = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
const SENT = new Date(1_614_265_330_000);

describe('the signature of a webhook', () => {
  it('is that of Standard Webhooks', () => {
    expect(signedHeaders(MESSAGE, { secret: SECRET, old: null, oldUntil: null }, SENT)).toEqual({
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is by both secrets until the old one ends, and by the new one from then on', () => {
    const secrets = { secret: Buffer.alloc(32, 1), old: SECRET, oldUntil: new Date(SENT.getTime() + 1) };
    const both = signedHeaders(MESSAGE, secrets, SENT)['webhook-signature']?.split(' ');
    expect(both).toHaveLength(2);
    expect(both?.[1]).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    const after = signedHeaders(MESSAGE, { ...secrets, oldUntil: SENT }, SENT)['webhook-signature'];
    expect(after).toBe(both?.[0]);
  });

  it('has its secret shown as whsec_ and base64', () => {
    expect(showSecret(SECRET)).toBe('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  });
});
