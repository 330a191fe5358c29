export interface TossTarget {
  readonly baseUrl: string;
  /** Undefined: no Authorization header. */
  readonly secretKey: string | undefined;
}

export interface TossAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A bare call, so that a contract test sees what is on the wire. A body of type string is sent as it is. */
export async function callToss(
  { baseUrl, secretKey }: TossTarget,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<TossAnswer> {
  const authorization =
    secretKey === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}` };
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { ...authorization, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
