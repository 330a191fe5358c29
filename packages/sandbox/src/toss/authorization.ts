import type { TossErrorCode } from './errors.ts';

export type Authorization =
  | { readonly isAllowed: true; readonly secretKey: string }
  | { readonly isAllowed: false; readonly code: TossErrorCode };

/**
 * `Basic base64(secretKey + ":")`. Every test secret key is let in, because there is nothing here to protect; client keys and live
 * keys are real keys that may not do this, and anything else is no key.
 */
export function authorize(header: string | undefined): Authorization {
  if (header === undefined || header === '') return { isAllowed: false, code: 'UNAUTHORIZED_KEY' };
  const [scheme, encoded] = header.split(' ', 2);
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) {
    return { isAllowed: false, code: 'INCORRECT_BASIC_AUTH_FORMAT' };
  }
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  if (!credentials.endsWith(':')) return { isAllowed: false, code: 'INCORRECT_BASIC_AUTH_FORMAT' };
  const secretKey = credentials.slice(0, -1);
  if (/^test_g?sk_./.test(secretKey)) return { isAllowed: true, secretKey };
  if (/^(live_g?sk|(test|live)_g?ck)_./.test(secretKey))
    return { isAllowed: false, code: 'UNAUTHORIZED_KEY' };
  return { isAllowed: false, code: 'INVALID_API_KEY' };
}
