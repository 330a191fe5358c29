import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Downloads, shared by every checkout of this user. */
export function cacheFolder(): string {
  return process.env.JANGBU_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'jangbu');
}

/** One running stack's data, logs and state. It lies in the checkout, so that it goes when the checkout goes. */
export function instanceFolder(instance: string): string {
  if (!/^[a-z0-9-]{1,32}$/.test(instance))
    throw new Error(`An instance is named with a-z, 0-9 and dash, not ${instance}.`);
  return join(root, '.stack', instance);
}

/** The stack that `npm start` runs, and that tools look for. */
export function usualInstance(): string {
  return process.env.JANGBU_INSTANCE || 'dev';
}
