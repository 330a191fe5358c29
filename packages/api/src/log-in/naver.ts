import { z } from 'zod';
import { askProvider, type Question, readAnswer } from './ask-provider.ts';
import { type LogInProvider, ProviderError, type ProviderTokens } from './provider.ts';

export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: () => Date;
}

export interface NaverOptions extends ClientOptions {
  /** The log-in page, as browsers reach it. */
  readonly pageUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

/** expires_in is a string of seconds. A refresh does not tell the refresh token again. */
const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive(),
});
const errorSchema = z.object({ error: z.string().min(1) });
const profileSchema = z.object({
  response: z.object({
    id: z.string().min(1).max(100),
    nickname: z.string().optional(),
    name: z.string().optional(),
  }),
});

/**
 * Naver's log-in. It offers neither PKCE nor a nonce, so state and the browser's cookie alone bind a code to who asked for it.
 * Errors of its token address come with the status 200.
 */
export function naver(options: NaverOptions): LogInProvider {
  const { clientId, clientSecret, pageUrl, tokenUrl, apiUrl } = options;

  async function ask(grant: Readonly<Record<string, string>>): Promise<unknown> {
    const client = { client_id: clientId, client_secret: clientSecret };
    const question: Question = {
      url: `${tokenUrl}/oauth2.0/token`,
      method: 'POST',
      form: { ...client, ...grant },
    };
    const { body } = await askProvider(question);
    const failed = errorSchema.safeParse(body);
    if (failed.success) throw new ProviderError('refused', failed.data.error);
    return body;
  }

  async function tokensFor(grant: Readonly<Record<string, string>>): Promise<ProviderTokens> {
    const answer = readAnswer(tokensSchema, await ask(grant));
    return {
      accessToken: answer.access_token,
      accessExpiresAt: new Date(options.clock().getTime() + answer.expires_in * 1_000),
      refreshToken: answer.refresh_token,
    };
  }

  async function personOf(accessToken: string) {
    const { status, body } = await askProvider({ url: `${apiUrl}/v1/nid/me`, method: 'GET', accessToken });
    if (status !== 200) throw new ProviderError('refused', `status ${status}`);
    const { id, nickname, name } = readAnswer(profileSchema, body).response;
    return { subject: id, name: nickname ?? name };
  }

  return {
    authorizeUrl({ state, redirectUri }) {
      const query = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state };
      return `${pageUrl}/oauth2.0/authorize?${new URLSearchParams(query)}`;
    },
    async exchange({ code, state }) {
      const tokens = await tokensFor({ grant_type: 'authorization_code', code, state });
      return { tokens, person: await personOf(tokens.accessToken) };
    },
    refresh: (refreshToken) => tokensFor({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    async unlink(accessToken) {
      await ask({ grant_type: 'delete', access_token: accessToken, service_provider: 'NAVER' });
    },
  };
}
