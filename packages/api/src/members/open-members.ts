import type { Request } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { ApiConfig } from '../config.ts';
import { type Credentials, inSandbox } from '../http/caller.ts';
import { kakao } from '../log-in/kakao.ts';
import type { LogInRoutesContext } from '../log-in/log-in-routes.ts';
import { naver } from '../log-in/naver.ts';
import type { Providers } from '../log-in/provider.ts';
import { cookies } from '../sessions/cookies.ts';
import { sessionCredentials } from '../sessions/credentials.ts';
import type { Vault } from '../vault/vault.ts';

export interface MemberParts {
  readonly credentials: Credentials;
  readonly context: LogInRoutesContext;
}

export interface MemberNeeds {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly vault: Vault;
  /** What takes the place of these, where it is given. */
  readonly seams: {
    readonly logInProviders?: Providers | undefined;
    readonly credentials?: Credentials | undefined;
  };
}

/** Log-in, sessions and tokens, as the configuration has them. */
export function openMembers(config: ApiConfig, { knex, clock, log, vault, seams }: MemberNeeds): MemberParts {
  const { publicUrl } = config;
  const context: LogInRoutesContext = {
    knex,
    clock,
    log,
    life: config.sessionLife,
    cookies: cookies({ isSecure: publicUrl?.startsWith('https:') === true }),
    providers: seams.logInProviders ?? connectProviders(config, clock),
    vault,
    // Without a public address, as in the sandbox, it is where the browser has found us.
    originOf: (request: Request) => publicUrl ?? `http://${request.get('Host') ?? ''}`,
  };
  const credentials = seams.credentials ?? sessionCredentials(context);
  return { context, credentials: config.mode === 'sandbox' ? inSandbox(credentials) : credentials };
}

function connectProviders({ naver: ofNaver, kakao: ofKakao }: ApiConfig, clock: () => Date): Providers {
  return { naver: naver({ ...ofNaver, clock }), kakao: kakao({ ...ofKakao, clock }) };
}
