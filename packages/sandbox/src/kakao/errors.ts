import type { ApiAnswer } from '../http/exchange.ts';

/** Errors of kauth.kakao.com's token address, by their code, with status and OAuth error. */
const TOKEN_ERRORS = {
  KOE001: [400, 'invalid_request', 'Missing or invalid parameter.'],
  KOE010: [401, 'invalid_client', 'Bad client credentials'],
  KOE101: [401, 'invalid_client', 'Not exist client_id'],
  KOE303: [400, 'invalid_grant', 'Redirect URI mismatch.'],
  KOE320: [400, 'invalid_grant', 'authorization code not found'],
  KOE322: [400, 'invalid_grant', 'expired_or_invalid_refresh_token'],
} as const satisfies Record<string, readonly [status: number, error: string, description: string]>;

export type TokenErrorCode = keyof typeof TOKEN_ERRORS;

/** `about` is what the provider repeats of the request, such as the code. */
export function tokenError(code: TokenErrorCode, about = ''): ApiAnswer {
  const [status, error, description] = TOKEN_ERRORS[code];
  return { status, body: { error, error_description: description + about, error_code: code } };
}

export function tokenFault(status: number, code: string): ApiAnswer {
  return { status, body: { error: 'server_error', error_description: code, error_code: code } };
}

/** An error of kapi.kakao.com. */
export function apiError(status: number, code: number, message: string): ApiAnswer {
  return { status, body: { msg: message, code } };
}

export function apiFault(status: number, code: string): ApiAnswer {
  return apiError(status, -1, code);
}
