import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { callLogIn, getWith, type LogInTarget, postForm } from './log-in-caller.ts';

/** Has a person agree, and returns what the provider sent the browser back with. The provider itself has nobody to ask. */
export type Agree = (
  authorizeUrl: string,
  decision?: Readonly<Record<string, string>>,
) => Promise<URLSearchParams>;

export const AGREE = { decision: 'agree', person: 'minjun' };
const newState = () => randomBytes(16).toString('base64url');
const clientOf = ({ clientId, clientSecret }: LogInTarget) => ({
  client_id: clientId,
  client_secret: clientSecret,
});

export function authorizeUrlOf(
  { authUrl, clientId, redirectUri }: LogInTarget,
  path: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, ...more };
  return `${authUrl}${path}?${new URLSearchParams(query)}`;
}

/** What Naver's log-in must answer, double or not, as far as a program can see it without a person in front of a browser. */
export function naverContract(name: string, target: () => LogInTarget, agree?: Agree): void {
  const token = (fields: Record<string, string>) =>
    postForm(`${target().authUrl}/oauth2.0/token`, { ...clientOf(target()), ...fields });
  const me = (accessToken: string) => getWith(`${target().apiUrl}/v1/nid/me`, accessToken);

  describe(`${name} answers as Naver`, () => {
    it('has an error in an answer of 200 for a code that it never gave out', async () => {
      const answer = await token({ grant_type: 'authorization_code', code: newState(), state: newState() });
      expect(answer).toMatchObject({ status: 200, body: { error: expect.any(String) } });
      expect(answer.body.access_token).toBeUndefined();
    });

    it('has an error for a wrong secret, and for a refresh token that it never gave out', async () => {
      const wrong = await token({ grant_type: 'authorization_code', code: 'x', client_secret: 'wrong' });
      expect(wrong.body).toMatchObject({ error: expect.any(String), error_description: expect.any(String) });
      const refreshed = await token({ grant_type: 'refresh_token', refresh_token: newState() });
      expect(refreshed.body).toMatchObject({ error: expect.any(String) });
    });

    it('shows no profile without a token of its own', async () => {
      expect(await me(newState())).toMatchObject({ status: 401, body: { resultcode: '024' } });
      const without = await callLogIn(`${target().apiUrl}/v1/nid/me`);
      expect(without).toMatchObject({ status: 401, body: { resultcode: expect.stringMatching(/^02[48]$/) } });
    });

    if (agree === undefined) return;

    it('gives a code with the state, tokens for it once, and a profile for them', async () => {
      const state = newState();
      const back = await agree(authorizeUrlOf(target(), '/oauth2.0/authorize', { state }));
      expect(back.get('state')).toBe(state);
      const redeem = { grant_type: 'authorization_code', code: back.get('code') ?? '', state };
      const tokens = await token(redeem);
      expect(tokens).toMatchObject({
        status: 200,
        body: { token_type: 'bearer', expires_in: '3600', refresh_token: expect.any(String) },
      });
      expect((await token(redeem)).body).toMatchObject({ error: 'invalid_request' });
      const profile = await me(tokens.body.access_token);
      expect(profile.body).toMatchObject({ resultcode: '00', response: { id: expect.any(String) } });
    });

    it('gives a fresh access token for the refresh token, and none once the link is deleted', async () => {
      const back = await agree(authorizeUrlOf(target(), '/oauth2.0/authorize', { state: newState() }));
      const { body: tokens } = await token({
        grant_type: 'authorization_code',
        code: back.get('code') ?? '',
      });
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      const { body: fresh } = await token(refresh);
      expect((await me(fresh.access_token)).status).toBe(200);
      const deleted = await token({
        grant_type: 'delete',
        access_token: fresh.access_token,
        service_provider: 'NAVER',
      });
      expect(deleted).toMatchObject({ status: 200, body: { result: 'success' } });
      expect((await me(fresh.access_token)).status).toBe(401);
      expect((await token(refresh)).body).toMatchObject({ error: expect.any(String) });
    });

    it('sends the browser back with access_denied when the person refuses', async () => {
      const url = authorizeUrlOf(target(), '/oauth2.0/authorize', { state: 'kept' });
      const back = await agree(url, { decision: 'refuse' });
      expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied', state: 'kept' });
      expect(back.get('code')).toBeNull();
    });
  });
}

/** The same of Kakao's. */
export function kakaoContract(name: string, target: () => LogInTarget, agree?: Agree): void {
  const token = (fields: Record<string, string>) =>
    postForm(`${target().authUrl}/oauth/token`, { ...clientOf(target()), ...fields });
  const redeem = (code: string | null, more: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: target().redirectUri,
      ...more,
    });
  const me = (accessToken: string) => getWith(`${target().apiUrl}/v2/user/me`, accessToken);

  describe(`${name} answers as Kakao`, () => {
    it('refuses a code that it never gave out with KOE320', async () => {
      const answer = await redeem(newState());
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_code: 'KOE320' } });
    });

    it('refuses a wrong secret with KOE010, and an unknown client with KOE101', async () => {
      const wrong = await redeem('x', { client_secret: 'wrong' });
      expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client', error_code: 'KOE010' } });
      const unknown = await redeem('x', { client_id: newState() });
      expect(unknown).toMatchObject({ status: 401, body: { error: 'invalid_client', error_code: 'KOE101' } });
    });

    it('refuses a refresh token that it never gave out with KOE322', async () => {
      const answer = await token({ grant_type: 'refresh_token', refresh_token: newState() });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_code: 'KOE322' } });
    });

    it('shows no profile, and unlinks nobody, without a token of its own', async () => {
      expect(await me(newState())).toMatchObject({
        status: 401,
        body: { code: -401, msg: expect.any(String) },
      });
      const unlinked = await callLogIn(`${target().apiUrl}/v1/user/unlink`, { method: 'POST' });
      expect(unlinked).toMatchObject({ status: 401, body: { code: -401 } });
    });

    it('shows the keys of its id tokens', async () => {
      const { body } = await callLogIn(`${target().authUrl}/.well-known/jwks.json`);
      expect(body.keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String) });
    });

    if (agree === undefined) return;

    it('gives a code with the state, tokens for it once, and a profile for them', async () => {
      const state = newState();
      const back = await agree(authorizeUrlOf(target(), '/oauth/authorize', { state }));
      expect(back.get('state')).toBe(state);
      const tokens = await redeem(back.get('code'));
      expect(tokens).toMatchObject({
        status: 200,
        body: {
          token_type: 'bearer',
          expires_in: expect.any(Number),
          refresh_token_expires_in: expect.any(Number),
          scope: expect.any(String),
        },
      });
      expect((await redeem(back.get('code'))).body).toMatchObject({ error_code: 'KOE320' });
      expect((await me(tokens.body.access_token)).body).toMatchObject({
        id: expect.any(Number),
        properties: { nickname: expect.any(String) },
      });
    });

    it('gives tokens to the address that the code was sent to, and to no other', async () => {
      const back = await agree(authorizeUrlOf(target(), '/oauth/authorize'));
      const other = await redeem(back.get('code'), { redirect_uri: `${target().redirectUri}/other` });
      expect(other).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_code: 'KOE303' } });
    });

    it('wants the verifier of a challenge', async () => {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
      const back = await agree(authorizeUrlOf(target(), '/oauth/authorize', asked));
      expect((await redeem(back.get('code'))).body).toMatchObject({ error: 'invalid_grant' });
      const wrong = await redeem(back.get('code'), { code_verifier: newState() });
      expect(wrong.body).toMatchObject({ error: 'invalid_grant' });
      expect((await redeem(back.get('code'), { code_verifier: verifier })).status).toBe(200);
    });

    it('tells the nonce in the id token, where openid is among the scopes', async () => {
      const asked = { scope: 'openid profile_nickname', nonce: 'n-1' };
      const back = await agree(authorizeUrlOf(target(), '/oauth/authorize', asked));
      const { body } = await redeem(back.get('code'));
      const [, claims = ''] = String(body.id_token).split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
        iss: 'https://kauth.kakao.com',
        aud: target().clientId,
        sub: String((await me(body.access_token)).body.id),
        nonce: 'n-1',
      });
    });

    it('ends all tokens with an unlink', async () => {
      const back = await agree(authorizeUrlOf(target(), '/oauth/authorize'));
      const { body: tokens } = await redeem(back.get('code'));
      const unlinked = await callLogIn(`${target().apiUrl}/v1/user/unlink`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(unlinked).toMatchObject({ status: 200, body: { id: expect.any(Number) } });
      expect((await me(tokens.access_token)).status).toBe(401);
      const refreshed = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
      expect(refreshed.body).toMatchObject({ error_code: 'KOE322' });
    });

    it('sends the browser back with access_denied when the person refuses', async () => {
      const url = authorizeUrlOf(target(), '/oauth/authorize', { state: 'kept' });
      const back = await agree(url, { decision: 'refuse' });
      expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied', state: 'kept' });
    });
  });
}
