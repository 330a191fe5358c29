import type { Answer } from './shop.ts';

/** A browser with its cookies, as far as log-in goes by it. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** As a page of the shop does it: with the session's token. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Goes to the provider and decides there. Returns the address that the provider sends the browser back to, not followed. */
  decide(path: string, decision?: Readonly<Record<string, string>>): Promise<string>;
  /** The whole way, as the person. */
  logIn(provider: 'naver' | 'kakao', person: string, query?: string): Promise<Answer>;
  /** A browser that somebody copied, with its cookies. */
  copy(): Browser;
}

/** `origin`: where the browser finds the shop, which a proxy may make another address than the API's own. */
export function openBrowser(
  shop: { readonly api: { readonly url: string } },
  cookies = new Map<string, string>(),
  origin = shop.api.url,
): Browser {
  const { url } = shop.api;

  async function call(method: string, address: string, body?: unknown, headers: Record<string, string> = {}) {
    const target = new URL(address, url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(target, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(cookie === '' || target.origin !== url ? {} : { Cookie: cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) keep(set);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  function keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const me = await call('GET', '/api/me');
    const token = me.body?.result?.csrfToken;
    const guard = typeof token === 'string' ? { 'X-CSRF-Token': token, Origin: origin } : {};
    return call(method, path, body, { ...guard, ...headers });
  }

  async function decide(path: string, decision: Readonly<Record<string, string>> = {}): Promise<string> {
    const authorizeUrl = path.startsWith('http') ? path : (await call('GET', path)).headers.get('location');
    if (authorizeUrl === null) throw new Error(`${path} does not lead to a provider.`);
    return decideAt(authorizeUrl, decision);
  }

  return {
    cookies,
    get: (path, headers) => call('GET', path, undefined, headers),
    send,
    decide,
    async logIn(provider, person, query = '') {
      return call('GET', await decide(`/auth/${provider}${query}`, { person }));
    },
    copy: () => openBrowser(shop, new Map(cookies), origin),
  };
}

/** What the page of the sandbox's provider does when somebody presses a button. Returns where the browser is sent. */
export async function decideAt(
  authorizeUrl: string,
  decision: Readonly<Record<string, string>>,
): Promise<string> {
  const page = await fetch(authorizeUrl);
  const action = /action="([^"]+)"/.exec(await page.text())?.[1];
  if (action === undefined) throw new Error(`There is no log-in page: ${page.status}`);
  const fields = { decision: 'agree', person: 'minjun', ...decision };
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([...new URL(authorizeUrl).searchParams, ...Object.entries(fields)]),
  });
  return answer.headers.get('location') ?? '';
}
