import { z } from 'zod';
import { askProvider, readAnswer } from './ask-provider.ts';
import { idTokenReader } from './id-token.ts';
import type { ClientOptions } from './naver.ts';
import { type CodeExchange, type LogInProvider, ProviderError, type ProviderTokens } from './provider.ts';

export interface KakaoOptions extends ClientOptions {
  /** The log-in page, as browsers reach it. */
  readonly pageUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

const ISSUER = 'https://kauth.kakao.com';
/** openid brings the id token, which carries the nonce. */
const SCOPE = 'openid,profile_nickname';

const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  id_token: z.string().optional(),
});
const errorSchema = z.object({ error: z.string(), error_code: z.string().optional() });
const profileSchema = z.object({
  id: z.int().positive(),
  properties: z.object({ nickname: z.string().optional() }).optional(),
  kakao_account: z.object({ profile: z.object({ nickname: z.string().optional() }).optional() }).optional(),
});

/** Kakao's log-in, with PKCE, and with a nonce in the signed id token. */
export function kakao(options: KakaoOptions): LogInProvider {
  const { clientId, clientSecret, clock, pageUrl, tokenUrl, apiUrl } = options;
  const subjectOf = idTokenReader({
    keysUrl: `${tokenUrl}/.well-known/jwks.json`,
    issuer: ISSUER,
    clientId,
    clock,
  });

  async function ask(grant: Readonly<Record<string, string>>) {
    const form = { client_id: clientId, client_secret: clientSecret, ...grant };
    const { status, body } = await askProvider({ url: `${tokenUrl}/oauth/token`, method: 'POST', form });
    if (status === 200) return readAnswer(tokensSchema, body);
    const { error, error_code: code } = readAnswer(errorSchema, body);
    throw new ProviderError('refused', code ?? error);
  }

  function toTokens(answer: z.output<typeof tokensSchema>): ProviderTokens {
    return {
      accessToken: answer.access_token,
      accessExpiresAt: new Date(clock().getTime() + answer.expires_in * 1_000),
      refreshToken: answer.refresh_token,
    };
  }

  async function personOf(accessToken: string) {
    const { status, body } = await askProvider({ url: `${apiUrl}/v2/user/me`, method: 'GET', accessToken });
    if (status !== 200) throw new ProviderError('refused', `status ${status}`);
    const profile = readAnswer(profileSchema, body);
    const name = profile.kakao_account?.profile?.nickname ?? profile.properties?.nickname;
    return { subject: String(profile.id), name };
  }

  async function exchange({ code, redirectUri, verifier, nonce }: CodeExchange) {
    const grant = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    };
    const answer = await ask(grant);
    const [subject, person] = await Promise.all([
      subjectOf(answer.id_token, nonce),
      personOf(answer.access_token),
    ]);
    if (subject !== person.subject) throw new ProviderError('refused', 'another subject');
    return { tokens: toTokens(answer), person };
  }

  return {
    authorizeUrl({ state, redirectUri, challenge, nonce }) {
      const query = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        scope: SCOPE,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      };
      return `${pageUrl}/oauth/authorize?${new URLSearchParams(query)}`;
    },
    exchange,
    refresh: async (refreshToken) =>
      toTokens(await ask({ grant_type: 'refresh_token', refresh_token: refreshToken })),
    async unlink(accessToken) {
      const { status } = await askProvider({ url: `${apiUrl}/v1/user/unlink`, method: 'POST', accessToken });
      if (status !== 200) throw new ProviderError('refused', `status ${status}`);
    },
  };
}
