export interface LogInTarget {
  /** Of the log-in page and the tokens: https://nid.naver.com, https://kauth.kakao.com or the sandbox. */
  readonly authUrl: string;
  /** Of the profile: https://openapi.naver.com, https://kapi.kakao.com or the sandbox. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** An address that the application registered. */
  readonly redirectUri: string;
}

export interface LogInAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects.
  readonly body: any;
}

export async function callLogIn(url: string, init: RequestInit = {}): Promise<LogInAnswer> {
  const answer = await fetch(url, { redirect: 'manual', ...init });
  const text = await answer.text();
  try {
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) };
  } catch {
    return { status: answer.status, headers: answer.headers, body: text };
  }
}

export function postForm(url: string, fields: Readonly<Record<string, string>>): Promise<LogInAnswer> {
  return callLogIn(url, { method: 'POST', body: new URLSearchParams(fields) });
}

export function getWith(url: string, accessToken: string): Promise<LogInAnswer> {
  return callLogIn(url, { headers: { authorization: `Bearer ${accessToken}` } });
}

/** What a browser does at the sandbox's log-in page. Returns the query of the address that it is sent back to. */
export async function decideAtSandbox(
  authorizeUrl: string,
  decision: Readonly<Record<string, string>>,
): Promise<URLSearchParams> {
  const url = new URL(authorizeUrl);
  const page = await callLogIn(authorizeUrl);
  const action = /action="([^"]+)"/.exec(String(page.body))?.[1];
  if (action === undefined) throw new Error(`No log-in page: ${page.status} ${String(page.body)}`);
  const fields = { ...Object.fromEntries(url.searchParams), ...decision };
  const { headers } = await postForm(`${url.origin}${action}`, fields);
  return new URL(headers.get('location') ?? '').searchParams;
}
