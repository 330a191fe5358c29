const HIDDEN = '[hidden]';
const MOST_DEPTH = 4;

/** What opens an account, and who somebody is. In lower case, without dashes. */
const SECRETS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'xcsrftoken',
  'idempotencykey',
  'password',
  'secret',
  'clientsecret',
  'secretkey',
  'token',
  'accesstoken',
  'refreshtoken',
  'refresh_token',
  'access_token',
  'idtoken',
  'codeverifier',
  'email',
  'name',
  'nickname',
  'phone',
  'address',
]);

/**
 * What a line of the log may show of what it was given: fields with these names are hidden, however deep. Nobody logs them on
 * purpose; this is for the day when somebody logs what holds them. pino's own redaction by paths costs 60 µs a line.
 */
export function withoutSecrets(line: Record<string, unknown>): Record<string, unknown> {
  return hide(line, 0);
}

function hide(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(fields)) {
    const shown = isSecret(field) ? HIDDEN : shownOf(value, depth);
    if (shown === value) continue;
    copy ??= { ...fields };
    copy[field] = shown;
  }
  return copy ?? fields;
}

function shownOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth >= MOST_DEPTH) return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => shownOf(one, depth + 1));
  return hide(value as Record<string, unknown>, depth + 1);
}

function isSecret(field: string): boolean {
  return SECRETS.has(field) || SECRETS.has(field.toLowerCase().replaceAll('-', ''));
}
