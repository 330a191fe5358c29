import { usualInstance } from './folders.ts';
import { findStack } from './stack.ts';

/** The database that `npm start` makes. */
const USUAL_DATABASE = 'jangbu';

/**
 * The database that DATABASE_URL names, or the one that `npm start` runs on this machine: for tools.
 * @throws Error that says how to name one
 */
export async function findDatabaseUrl(given: string | undefined = process.env.DATABASE_URL): Promise<string> {
  if (given !== undefined && given !== '') return withDatabase(given);
  const running = await findStack(usualInstance());
  if (running !== undefined) return withDatabase(running.databaseUrl);
  throw new Error(
    'No database: set DATABASE_URL to mysql://user:password@host:port/database, or run npm start.',
  );
}

/** The address of a server, as `npm start` takes it, names no database: then it is the one that `npm start` makes there. */
export function withDatabase(address: string): string {
  if (!URL.canParse(address) || new URL(address).protocol !== 'mysql:')
    throw new Error('DATABASE_URL must be such as mysql://user:password@host:port/database.');
  const url = new URL(address);
  if (url.pathname.length < 2) url.pathname = `/${USUAL_DATABASE}`;
  return url.href;
}
