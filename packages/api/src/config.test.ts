import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const PRODUCTION = {
  JANGBU_MODE: 'production',
  DATABASE_URL: 'mysql://app:secret@db/jangbu',
  PUBLIC_URL: 'https://shop.example',
  TOSS_SECRET_KEY: 'live_sk_1',
  NAVER_CLIENT_ID: 'naver-1',
  NAVER_CLIENT_SECRET: 'naver-secret',
  KAKAO_CLIENT_ID: 'kakao-1',
  KAKAO_CLIENT_SECRET: 'kakao-secret',
  TOKEN_ENCRYPTION_KEY: Buffer.alloc(32, 'a').toString('base64'),
};

describe('readConfig', () => {
  it('needs nothing in sandbox mode', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8081,
      mode: 'sandbox',
      ledgerName: 'kimchi-mall',
      recoveryAfterMs: 15_000,
    });
  });

  it('takes an empty variable as unset, and knows nothing of others', () => {
    expect(readConfig({ PORT: '', HOME: 'anywhere' }).port).toBe(8081);
  });

  it('asks the sandbox for payments in sandbox mode, unless it is told another provider', () => {
    expect(readConfig({ SANDBOX_URL: 'http://sandbox:1' }).tossBaseUrl).toBe('http://sandbox:1');
    expect(readConfig({ TOSS_BASE_URL: 'http://toss:1' }).tossBaseUrl).toBe('http://toss:1');
  });

  it('lets a sandbox be asked as often as a load flow does, and production as a person does', () => {
    expect(readConfig({}).requestsPerMinute).toBe(1_000_000);
    expect(readConfig(PRODUCTION).requestsPerMinute).toBe(600);
    expect(readConfig({ ...PRODUCTION, REQUESTS_PER_MINUTE: '50' }).requestsPerMinute).toBe(50);
  });

  it('reads origins, and nothing that only looks like one', () => {
    expect(readConfig({}).corsOrigins).toEqual([]);
    const two = 'https://a.example, http://b.example:8080';
    expect(readConfig({ CORS_ORIGINS: two }).corsOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ]);
    for (const wrong of ['*', 'https://a.example/', 'https://a.example/page', 'a.example'])
      expect(() => readConfig({ CORS_ORIGINS: wrong })).toThrow(/CORS_ORIGINS: must be origins/);
  });

  it('lists everything that is wrong in one message', () => {
    const wrong = { JANGBU_MODE: 'production', PORT: '99999', DB_POOL_SIZE: '-1', TOSS_BASE_URL: 'toss' };
    const message = messageOf(() => readConfig(wrong));
    const missing = Object.keys(PRODUCTION).filter((name) => name !== 'JANGBU_MODE');
    for (const name of ['PORT', 'DB_POOL_SIZE', 'TOSS_BASE_URL', ...missing]) {
      expect(message).toMatch(new RegExp(`^  ${name}: must be`, 'm'));
    }
  });

  it('has no sandbox and no fail point in production', () => {
    const config = readConfig({
      ...PRODUCTION,
      SANDBOX_URL: 'http://sandbox:1',
      JANGBU_FAIL_POINT: 'payment.claimed',
    });
    expect(config).toMatchObject({ tossBaseUrl: 'https://api.tosspayments.com', mode: 'production' });
    expect(config.sandboxUrl).toBeUndefined();
    expect(config.naver).toMatchObject({ clientId: 'naver-1', apiUrl: 'https://openapi.naver.com' });
    expect(config.kakao).toMatchObject({ clientId: 'kakao-1', tokenUrl: 'https://kauth.kakao.com' });
    expect(config.failPoint).toBeUndefined();
  });

  it.each([
    ['PUBLIC_URL', 'http://shop.example'],
    ['PUBLIC_URL', 'https://shop.example/mall'],
    ['PUBLIC_URL', 'shop.example'],
    ['TOKEN_ENCRYPTION_KEY', 'secret'],
    ['TOKEN_ENCRYPTION_KEY', `${Buffer.alloc(32).toString('base64')},${Buffer.alloc(31).toString('base64')}`],
    ['SESSION_IDLE_MINUTES', 'all day'],
  ])('takes no %s of %s in production', (name, value) => {
    const message = messageOf(() => readConfig({ ...PRODUCTION, [name]: value }));
    expect(message).toMatch(new RegExp(`^  ${name}: must be`, 'm'));
    expect(message).not.toContain(value);
  });

  it('logs in with the sandbox’s providers, and with real ones where their credentials are given', () => {
    const { NAVER_CLIENT_ID, NAVER_CLIENT_SECRET } = PRODUCTION;
    const urls = { SANDBOX_URL: 'http://sandbox:1', SANDBOX_PUBLIC_URL: 'http://localhost:1' };
    const config = readConfig({ NAVER_CLIENT_ID, NAVER_CLIENT_SECRET, ...urls });
    expect(config.naver.pageUrl).toBe('https://nid.naver.com');
    expect(config.kakao).toMatchObject({ pageUrl: 'http://localhost:1', tokenUrl: 'http://sandbox:1' });
  });

  it('never shows a secret in its message', () => {
    const message = messageOf(() => readConfig({ ...PRODUCTION, DATABASE_URL: 'secret-url', PORT: 'x' }));
    expect(message).not.toMatch(/secret/);
    expect(message).not.toMatch(/live_sk_1/);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It threw nothing.');
}
