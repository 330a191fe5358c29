import { describe, expect, it } from '@jest/globals';
import { callLogIn, decideAtSandbox, getWith, postForm } from './log-in-caller.ts';
import { AGREE, authorizeUrlOf } from './log-in-contract.ts';
import { runningSandbox } from './running-sandbox.ts';

const sandbox = runningSandbox();
const HOUR_MS = 3_600_000;
const CLIENT = { client_id: 'jangbu-sandbox', client_secret: 'jangbu-sandbox-secret' };
const OTHER_CLIENT = { client_id: 'other-shop', client_secret: 'other-shop-secret' };
const redirectUri = 'http://localhost:8081/auth/kakao/callback';
const target = () => ({
  authUrl: sandbox.url,
  apiUrl: sandbox.url,
  clientId: CLIENT.client_id,
  clientSecret: CLIENT.client_secret,
  redirectUri,
});

const kakaoCode = async () =>
  (await decideAtSandbox(authorizeUrlOf(target(), '/oauth/authorize'), AGREE)).get('code') ?? '';
const redeem = (code: string, client = CLIENT) =>
  postForm(`${sandbox.url}/oauth/token`, {
    ...client,
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
  });
const refresh = (refreshToken: string) =>
  postForm(`${sandbox.url}/oauth/token`, {
    ...CLIENT,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });

describe('a code', () => {
  it('is of the application that it was given to', async () => {
    const code = await kakaoCode();
    expect(await redeem(code, OTHER_CLIENT)).toMatchObject({ status: 400, body: { error_code: 'KOE320' } });
    expect(await redeem(code)).toMatchObject({ status: 200 });
  });

  it('is good for ten minutes', async () => {
    const code = await kakaoCode();
    sandbox.pass(10 * 60_000);
    expect(await redeem(code)).toMatchObject({ body: { error_code: 'KOE320' } });
  });

  it('is of no use to the other provider', async () => {
    const fields = { ...CLIENT, grant_type: 'authorization_code', code: await kakaoCode() };
    const { body } = await postForm(`${sandbox.url}/oauth2.0/token`, fields);
    expect(body).toMatchObject({ error: 'invalid_request' });
  });
});

describe('tokens', () => {
  it('expire, and a refresh token is renewed with its last month', async () => {
    const { body: tokens } = await redeem(await kakaoCode());
    sandbox.pass(6 * HOUR_MS);
    expect((await getWith(`${sandbox.url}/v2/user/me`, tokens.access_token)).status).toBe(401);
    expect((await refresh(tokens.refresh_token)).body.refresh_token).toBeUndefined();
    sandbox.pass(31 * 24 * HOUR_MS);
    const { body: renewed } = await refresh(tokens.refresh_token);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    sandbox.pass(59 * 24 * HOUR_MS);
    expect(await refresh(tokens.refresh_token)).toMatchObject({ body: { error_code: 'KOE322' } });
    expect(await refresh(renewed.refresh_token)).toMatchObject({ status: 200 });
  });

  it('are of no use after a log-out', async () => {
    const { body: tokens } = await redeem(await kakaoCode());
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const answer = await callLogIn(`${sandbox.url}/v1/user/logout`, { method: 'POST', headers });
    expect(answer).toMatchObject({ status: 200, body: { id: 4_000_000_001 } });
    expect((await getWith(`${sandbox.url}/v2/user/me`, tokens.access_token)).status).toBe(401);
  });
});

describe('the log-in page', () => {
  it.each([
    ['/oauth/authorize', { redirect_uri: 'https://evil.example/' }, 'KOE006'],
    ['/oauth/authorize', { client_id: 'nobody' }, 'KOE101'],
    ['/oauth2.0/authorize', { redirect_uri: 'https://evil.example/' }, '오류'],
    ['/oauth2.0/authorize', { client_id: 'nobody' }, '오류'],
  ])('of %s sends nobody to an address that is not registered: %j', async (path, changed, said) => {
    const answer = await callLogIn(authorizeUrlOf(target(), path, changed));
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.body).toContain(said);
  });

  it('sends back what is no request for a code', async () => {
    const kakao = await callLogIn(authorizeUrlOf(target(), '/oauth/authorize', { response_type: 'token' }));
    expect(kakao.headers.get('location')).toContain('error=invalid_request');
    const naver = await callLogIn(
      authorizeUrlOf(target(), '/oauth2.0/authorize', { response_type: 'token' }),
    );
    expect(naver.headers.get('location')).toContain('error=unsupported_response_type');
  });

  it('shows what it is given as text', async () => {
    const url = authorizeUrlOf(target(), '/oauth/authorize', { state: '"><script>alert(1)</script>' });
    expect((await callLogIn(url)).body).not.toContain('<script>');
  });

  it.each(['kakao', 'naver'])('of %s knows the people of the sandbox only', async (provider) => {
    const fields = { ...CLIENT, redirect_uri: redirectUri, decision: 'agree', person: 'nobody' };
    const answer = await postForm(`${sandbox.url}/sandbox/${provider}/consent`, fields);
    expect(answer.status).toBe(400);
  });
});

describe('a person', () => {
  it('shows an address only where it was asked for, and says whether it was verified', async () => {
    const url = authorizeUrlOf(target(), '/oauth/authorize', { scope: 'account_email' });
    const back = await decideAtSandbox(url, { decision: 'agree', person: 'jiho' });
    const { body: asked } = await redeem(back.get('code') ?? '');
    const { body: unasked } = await redeem(await kakaoCode());
    const accountOf = async (token: string) =>
      (await getWith(`${sandbox.url}/v2/user/me`, token)).body.kakao_account;
    expect(await accountOf(asked.access_token)).toMatchObject({ is_email_verified: false });
    expect(await accountOf(unasked.access_token)).toMatchObject({ email_needs_agreement: true });
  });
});

describe('a fault of log-in', () => {
  it.each([
    ['naver-token', 'POST', '/oauth2.0/token', { error: 'server_error' }],
    ['naver-me', 'GET', '/v1/nid/me', { resultcode: 'down' }],
    ['kakao-token', 'POST', '/oauth/token', { error: 'server_error', error_code: 'down' }],
    ['kakao-me', 'GET', '/v2/user/me', { msg: 'down' }],
    ['kakao-unlink', 'POST', '/v1/user/unlink', { msg: 'down' }],
  ])('strikes %s', async (route, method, path, body) => {
    await sandbox.fault({ route, status: 503, code: 'down' });
    expect(await callLogIn(sandbox.url + path, { method })).toMatchObject({ status: 503, body });
    await sandbox.fault({ route, dropAnswer: 'before' });
    await expect(callLogIn(sandbox.url + path, { method })).rejects.toThrow('fetch failed');
  });

  it('can drop the answer after the code is spent', async () => {
    const code = await kakaoCode();
    await sandbox.fault({ route: 'kakao-token', dropAnswer: 'after' });
    await expect(redeem(code)).rejects.toThrow('fetch failed');
    expect(await redeem(code)).toMatchObject({ body: { error_code: 'KOE320' } });
  });
});
