import type { PrepareOptions } from './prepare-database.ts';

export interface PrepareConfig extends Pick<PrepareOptions, 'serverUrl' | 'name' | 'passwords'> {
  readonly loadsSampleData: boolean;
}

/** Known to everybody, so they serve a sandbox only. */
const SANDBOX_PASSWORD = 'sandbox';

/**
 * Reads what scripts/prepare.ts needs. An empty variable counts as unset.
 * @throws Error with one message that lists everything that is wrong, and repeats no value
 */
export function readPrepareConfig(env: Readonly<Record<string, string | undefined>>): PrepareConfig {
  const isSandbox = (env['JANGBU_MODE'] || 'sandbox') === 'sandbox';
  const address = env['ADMIN_DATABASE_URL'] ?? '';
  const runtime = env['JANGBU_RUNTIME_PASSWORD'] || (isSandbox ? SANDBOX_PASSWORD : '');
  const replication = env['JANGBU_REPLICATION_PASSWORD'] || (isSandbox ? SANDBOX_PASSWORD : '');
  const wrong = [
    ...(isMysqlUrl(address)
      ? []
      : ['ADMIN_DATABASE_URL: must be such as mysql://root:password@host:3306/jangbu']),
    ...(runtime === '' ? ['JANGBU_RUNTIME_PASSWORD: must be set in production'] : []),
    ...(replication === '' ? ['JANGBU_REPLICATION_PASSWORD: must be set in production'] : []),
  ];
  if (wrong.length > 0)
    throw new Error(`The database cannot be prepared, because of the environment:\n  ${wrong.join('\n  ')}`);
  const server = new URL(address);
  const name = decodeURIComponent(server.pathname.slice(1)) || 'jangbu';
  server.pathname = '/';
  return { serverUrl: server.href, name, passwords: { runtime, replication }, loadsSampleData: isSandbox };
}

function isMysqlUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'mysql:' && new URL(text).hostname !== '';
}
