/** An application that is registered with a provider of log-in, and the provider's addresses. */
export interface LogInClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The log-in page, as browsers reach it. */
  readonly pageUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

type Urls = Pick<LogInClient, 'pageUrl' | 'tokenUrl' | 'apiUrl'>;

const NAVER_URLS: Urls = {
  pageUrl: 'https://nid.naver.com',
  tokenUrl: 'https://nid.naver.com',
  apiUrl: 'https://openapi.naver.com',
};
const KAKAO_URLS: Urls = {
  pageUrl: 'https://kauth.kakao.com',
  tokenUrl: 'https://kauth.kakao.com',
  apiUrl: 'https://kapi.kakao.com',
};
/** What the sandbox's providers know this service by. */
const SANDBOX_CLIENT = { clientId: 'jangbu-sandbox', clientSecret: 'jangbu-sandbox-secret' };

export interface LogInEnvironment {
  readonly NAVER_CLIENT_ID?: string | undefined;
  readonly NAVER_CLIENT_SECRET?: string | undefined;
  readonly KAKAO_CLIENT_ID?: string | undefined;
  readonly KAKAO_CLIENT_SECRET?: string | undefined;
  readonly SANDBOX_PUBLIC_URL?: string | undefined;
}

export interface LogInClients {
  readonly naver: LogInClient;
  readonly kakao: LogInClient;
}

/** Where credentials of a provider are set, that provider is asked, in the sandbox as well. Without a sandbox they were required. */
export function logInClients(env: LogInEnvironment, sandboxUrl: string | undefined): LogInClients {
  const client = (
    clientId: string | undefined,
    clientSecret: string | undefined,
    urls: Urls,
  ): LogInClient => {
    if (sandboxUrl === undefined || (clientId !== undefined && clientSecret !== undefined)) {
      return { ...urls, clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
    }
    const pageUrl = env.SANDBOX_PUBLIC_URL ?? sandboxUrl;
    return { ...SANDBOX_CLIENT, pageUrl, tokenUrl: sandboxUrl, apiUrl: sandboxUrl };
  };
  return {
    naver: client(env.NAVER_CLIENT_ID, env.NAVER_CLIENT_SECRET, NAVER_URLS),
    kakao: client(env.KAKAO_CLIENT_ID, env.KAKAO_CLIENT_SECRET, KAKAO_URLS),
  };
}
