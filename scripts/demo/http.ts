/** Calls of the API, whose `{result}` they return. Whatever goes wrong is one message for the user. */
export interface Http {
  /** @throws Error that says how to start what does not answer */
  assertUp(): Promise<void>;
  get<Result>(path: string): Promise<Result>;
  post<Result>(path: string, body: unknown): Promise<Result>;
}

const TIMEOUT_MS = 30_000;

export function createHttp(url: string): Http {
  const nobody = () =>
    new Error(
      [
        `No Jangbu answers at ${url}.`,
        'Start it in another terminal: npm start',
        'If it names another address for its API: npm run demo -- --url ADDRESS',
      ].join('\n'),
    );

  async function call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const response = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch(() => {
      throw nobody();
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(refusal(`${method} ${path}`, response.status, answer));
    return (answer as { result: Result }).result;
  }

  return {
    async assertUp() {
      const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
        () => {
          throw nobody();
        },
      );
      await response.body?.cancel();
      if (!response.ok)
        throw new Error(`What answers at ${url} is not ready, or is no Jangbu (${response.status}).`);
    },
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  };
}

/** What a problem (RFC 9457) says, in one line. */
export function refusal(what: string, status: number, problem: unknown): string {
  const { code, detail } = (problem ?? {}) as { code?: string; detail?: string };
  return `${what} was answered with ${[status, code].filter(Boolean).join(' ')}${detail === undefined ? '.' : `: ${detail}`}`;
}
