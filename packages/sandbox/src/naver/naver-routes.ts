import { type FaultContext, underFaults } from '../faults/under-faults.ts';
import { type ApiAnswer, type ApiRequest, fieldsOf, headerOf, type Route } from '../http/exchange.ts';
import { findApplication, isRegistered } from '../log-in/applications.ts';
import { bearerOf, readDecision, redirect } from '../log-in/consent.ts';
import { consentPage, errorPage } from '../log-in/consent-page.ts';
import type { Grants } from '../log-in/grants.ts';

export interface NaverContext extends FaultContext {
  readonly naver: Grants;
}

type Fields = Readonly<Record<string, string>>;

const CONSENT_PATH = '/sandbox/naver/consent';

/** Naver's log-in: nid.naver.com's page and tokens, and openapi.naver.com's profile. It has neither PKCE nor nonces. */
export function naverRoutes(context: NaverContext): Route[] {
  const token = (request: ApiRequest) =>
    underFaults(context, 'naver-token', () => answerToken(context.naver, fieldsOf(request)), tokenFault);
  return [
    { method: 'GET', path: '/oauth2.0/authorize', handle: authorize },
    { method: 'POST', path: CONSENT_PATH, handle: (request) => consent(context.naver, fieldsOf(request)) },
    { method: 'GET', path: '/oauth2.0/token', handle: token },
    { method: 'POST', path: '/oauth2.0/token', handle: token },
    {
      method: 'GET',
      path: '/v1/nid/me',
      handle: (request) => underFaults(context, 'naver-me', () => profile(context.naver, request), apiError),
    },
  ];
}

function authorize(request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  const { client_id: clientId = '', redirect_uri: redirectUri, state, response_type: type } = fields;
  if (findApplication(clientId) === undefined || !isRegistered(redirectUri)) {
    const page = errorPage('네이버', '서비스 설정에 오류가 있어 네이버 아이디로 로그인할 수 없습니다.');
    return { status: 200, body: undefined, page };
  }
  if (type !== 'code') {
    const error_description = 'unsupported response_type';
    return redirect(redirectUri, { state, error: 'unsupported_response_type', error_description });
  }
  const page = consentPage({ provider: '네이버', action: CONSENT_PATH, clientId, fields });
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
    return redirect(redirectUri, { state, error: 'access_denied', error_description: 'Canceled By User' });
  }
  const agreement = { clientId, redirectUri, person: decision.person, scopes: [] };
  return redirect(redirectUri, {
    code: grants.agree({ ...agreement, nonce: undefined, challenge: undefined }),
    state,
  });
}

/** Naver answers errors with the status 200. */
function answerToken(grants: Grants, fields: Fields): ApiAnswer {
  const { client_id: clientId = '', client_secret: clientSecret } = fields;
  if (findApplication(clientId)?.clientSecret !== clientSecret) {
    return tokenError('invalid_request', 'wrong client id / client secret pair.');
  }
  switch (fields['grant_type']) {
    case 'authorization_code':
      return redeem(grants, clientId, fields['code'] ?? '');
    case 'refresh_token':
      return refresh(grants, clientId, fields['refresh_token'] ?? '');
    case 'delete':
      return deleteToken(grants, clientId, fields['access_token'] ?? '');
    default:
      return tokenError('invalid_request', 'unsupported grant_type');
  }
}

function redeem(grants: Grants, clientId: string, code: string): ApiAnswer {
  const redeemed = grants.redeem(code, { clientId, redirectUri: undefined, verifier: undefined });
  if ('refused' in redeemed) return tokenError('invalid_request', 'no valid data in session');
  const { accessToken, refreshToken } = grants.issue(redeemed.redeemed);
  return tokens(grants, { access_token: accessToken, refresh_token: refreshToken });
}

/** The refresh token stays as it is, and is not told again. */
function refresh(grants: Grants, clientId: string, refreshToken: string): ApiAnswer {
  const refreshed = grants.refresh(refreshToken, clientId);
  if (refreshed === undefined) return tokenError('invalid_request', 'invalid refresh_token');
  return tokens(grants, { access_token: refreshed.accessToken });
}

/** Ends the link between the person and the application. What was no good is a success as well. */
function deleteToken(grants: Grants, clientId: string, accessToken: string): ApiAnswer {
  const grant = grants.find(accessToken);
  if (grant?.clientId === clientId) grants.unlink(grant);
  return { status: 200, body: { access_token: accessToken, result: 'success' } };
}

function tokens(grants: Grants, told: Fields): ApiAnswer {
  const expiresIn = String(Math.floor(grants.accessMs / 1_000));
  return { status: 200, body: { ...told, token_type: 'bearer', expires_in: expiresIn } };
}

function profile(grants: Grants, request: ApiRequest): ApiAnswer {
  const authorization = headerOf(request, 'authorization');
  if (authorization === undefined) return apiError(401, '028', 'Authentication header not exists');
  const person = grants.find(bearerOf(authorization) ?? '')?.person;
  if (person === undefined) return apiError(401, '024', 'Authentication failed');
  const { naverId: id, email, name, nickname } = person;
  return {
    status: 200,
    body: {
      resultcode: '00',
      message: 'success',
      response: {
        id,
        email,
        name,
        nickname,
        profile_image: 'https://ssl.pstatic.net/static/pwe/address/img_profile.png',
      },
    },
  };
}

function tokenError(error: string, description: string): ApiAnswer {
  return { status: 200, body: { error, error_description: description } };
}

function tokenFault(status: number, code: string): ApiAnswer {
  return { status, body: { error: 'server_error', error_description: code } };
}

function apiError(status: number, code: string, message = code): ApiAnswer {
  return { status, body: { resultcode: code, message } };
}
