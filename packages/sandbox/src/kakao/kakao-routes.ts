import { type FaultContext, underFaults } from '../faults/under-faults.ts';
import { type ApiAnswer, type ApiRequest, fieldsOf, headerOf, type Route } from '../http/exchange.ts';
import { findApplication, isRegistered } from '../log-in/applications.ts';
import { bearerOf, readDecision, redirect } from '../log-in/consent.ts';
import { consentPage, errorPage } from '../log-in/consent-page.ts';
import type { Agreement, Grant, Grants } from '../log-in/grants.ts';
import { apiError, apiFault, tokenError, tokenFault } from './errors.ts';
import type { IdTokens } from './id-token.ts';

export interface KakaoContext extends FaultContext {
  readonly kakao: Grants;
  readonly idTokens: IdTokens;
  readonly clock: () => Date;
}

type Fields = Readonly<Record<string, string>>;

const CONSENT_PATH = '/sandbox/kakao/consent';
/** A refresh token is renewed with the access token once it has less than this left. */
const RENEWED_WITHIN_MS = 30 * 24 * 3_600_000;

/** Kakao's log-in: kauth.kakao.com's page and tokens, and kapi.kakao.com's profile, log-out and unlink. */
export function kakaoRoutes(context: KakaoContext): Route[] {
  const { kakao } = context;
  return [
    { method: 'GET', path: '/oauth/authorize', handle: authorize },
    { method: 'POST', path: CONSENT_PATH, handle: (request) => consent(kakao, fieldsOf(request)) },
    {
      method: 'POST',
      path: '/oauth/token',
      handle: ({ body }) => underFaults(context, 'kakao-token', () => answerToken(context, body), tokenFault),
    },
    {
      method: 'GET',
      path: '/.well-known/jwks.json',
      handle: async () => ({ status: 200, body: await context.idTokens.keys() }),
    },
    apiRoute(context, 'GET', '/v2/user/me', 'kakao-me', profile),
    apiRoute(context, 'POST', '/v2/user/me', 'kakao-me', profile),
    apiRoute(context, 'POST', '/v1/user/logout', 'kakao-logout', (grant) => end(kakao, grant)),
    apiRoute(context, 'POST', '/v1/user/unlink', 'kakao-unlink', (grant) => end(kakao, grant)),
  ];
}

function authorize(request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  const { client_id: clientId = '', redirect_uri: redirectUri, state, response_type: type } = fields;
  if (findApplication(clientId) === undefined) return settingsError('KOE101');
  if (!isRegistered(redirectUri)) return settingsError('KOE006');
  if (type !== 'code' || (fields['code_challenge_method'] ?? 'S256') !== 'S256') {
    return redirect(redirectUri, { error: 'invalid_request', error_description: 'invalid parameter', state });
  }
  const page = consentPage({ provider: '카카오', action: CONSENT_PATH, clientId, fields });
  return { status: 200, body: undefined, page };
}

function consent(grants: Grants, fields: Fields): ApiAnswer {
  const { client_id: clientId = '', redirect_uri: redirectUri, state } = fields;
  const decision = readDecision(fields);
  if (findApplication(clientId) === undefined || !isRegistered(redirectUri) || decision === undefined) {
    return {
      status: 400,
      body: { code: 'CONSENT_INVALID', message: 'No such application, address or person.' },
    };
  }
  if (!decision.agrees) {
    return redirect(redirectUri, { error: 'access_denied', error_description: 'User denied access', state });
  }
  const code = grants.agree({
    clientId,
    redirectUri,
    person: decision.person,
    scopes: (fields['scope'] ?? 'profile_nickname').split(/[ ,]+/),
    nonce: fields['nonce'],
    challenge: fields['code_challenge'],
  });
  return redirect(redirectUri, { code, state });
}

/** A form, and nothing else. */
async function answerToken(context: KakaoContext, body: unknown): Promise<ApiAnswer> {
  if (!(body instanceof URLSearchParams)) return tokenError('KOE001');
  const fields: Fields = Object.fromEntries(body);
  const { client_id: clientId = '', client_secret: clientSecret, grant_type: grantType } = fields;
  const application = findApplication(clientId);
  if (application === undefined) return tokenError('KOE101', ` [${clientId}]`);
  if (application.clientSecret !== clientSecret) return tokenError('KOE010');
  if (grantType === 'authorization_code') return redeem(context, clientId, fields);
  if (grantType === 'refresh_token') return refresh(context, clientId, fields['refresh_token'] ?? '');
  return tokenError('KOE001');
}

async function redeem(context: KakaoContext, clientId: string, fields: Fields): Promise<ApiAnswer> {
  const { kakao } = context;
  const { code = '', redirect_uri: redirectUri = '', code_verifier: verifier } = fields;
  const redeemed = kakao.redeem(code, { clientId, redirectUri, verifier });
  if ('refused' in redeemed) {
    if (redeemed.refused === 'other_redirect_uri') return tokenError('KOE303');
    // Which code the provider gives for a wrong verifier is not published; it is an invalid_grant in any case.
    return tokenError('KOE320', ` for code=${code}`);
  }
  const agreement = redeemed.redeemed;
  const { accessToken, refreshToken } = kakao.issue(agreement);
  return {
    status: 200,
    body: {
      ...accessPart(kakao, accessToken),
      ...(await idTokenPart(context, agreement)),
      refresh_token: refreshToken,
      refresh_token_expires_in: seconds(kakao.refreshMs),
      scope: agreement.scopes.join(' '),
    },
  };
}

async function idTokenPart({ idTokens, clock, kakao }: KakaoContext, agreement: Agreement): Promise<Fields> {
  if (!agreement.scopes.includes('openid')) return {};
  return { id_token: await idTokens.sign(agreement, clock(), kakao.accessMs) };
}

function refresh({ kakao }: KakaoContext, clientId: string, refreshToken: string): ApiAnswer {
  const refreshed = kakao.refresh(refreshToken, clientId);
  if (refreshed === undefined) return tokenError('KOE322');
  const { accessToken, leftMs, grant } = refreshed;
  if (leftMs >= RENEWED_WITHIN_MS) return { status: 200, body: accessPart(kakao, accessToken) };
  const renewed = kakao.issue(grant);
  return {
    status: 200,
    body: {
      ...accessPart(kakao, renewed.accessToken),
      refresh_token: renewed.refreshToken,
      refresh_token_expires_in: seconds(kakao.refreshMs),
    },
  };
}

function accessPart(grants: Grants, accessToken: string) {
  return { token_type: 'bearer', access_token: accessToken, expires_in: seconds(grants.accessMs) };
}

function apiRoute(
  context: KakaoContext,
  method: 'GET' | 'POST',
  path: string,
  fault: 'kakao-me' | 'kakao-logout' | 'kakao-unlink',
  work: (grant: Grant, context: KakaoContext) => ApiAnswer,
): Route {
  const answer = (request: ApiRequest) => {
    const token = bearerOf(headerOf(request, 'authorization'));
    if (token === undefined) return apiError(401, -401, 'no authentication key!');
    const grant = context.kakao.find(token);
    return grant === undefined
      ? apiError(401, -401, 'this access token does not exist')
      : work(grant, context);
  };
  return { method, path, handle: (request) => underFaults(context, fault, () => answer(request), apiFault) };
}

function profile({ person, scopes }: Grant, { clock }: KakaoContext): ApiAnswer {
  const mayEmail = scopes.includes('account_email');
  return {
    status: 200,
    body: {
      id: person.kakaoId,
      connected_at: clock().toISOString().slice(0, 19).concat('Z'),
      properties: { nickname: person.nickname },
      kakao_account: {
        profile_nickname_needs_agreement: false,
        profile: { nickname: person.nickname },
        has_email: true,
        email_needs_agreement: !mayEmail,
        ...(mayEmail
          ? { is_email_valid: true, is_email_verified: person.hasVerifiedEmail, email: person.email }
          : {}),
      },
    },
  };
}

function end(grants: Grants, grant: Grant): ApiAnswer {
  grants.unlink(grant);
  return { status: 200, body: { id: grant.person.kakaoId } };
}

/** Kakao sends nobody back to an address that it does not know. */
function settingsError(code: 'KOE006' | 'KOE101'): ApiAnswer {
  const page = errorPage('카카오', `앱 관리자 설정 오류 (${code})`);
  return { status: code === 'KOE101' ? 401 : 400, body: undefined, page };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
