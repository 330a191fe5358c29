import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exclusively } from '../exclusive.ts';
import { cacheFolder } from '../folders.ts';

/**
 * A folder of the cache that is either whole or not there: it is filled under another name and renamed when it is done, so
 * that a download which was killed leaves nothing behind that looks installed.
 */
export async function installed(
  name: string,
  fill: (folder: string) => Promise<void>,
  report: (line: string) => void,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  return exclusively(
    join(cacheFolder(), '.locks', name),
    async () => {
      if (existsSync(folder)) return folder;
      const unfinished = `${folder}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      mkdirSync(unfinished, { recursive: true });
      report(`Fetching ${name} (once)…`);
      await fill(unfinished);
      mkdirSync(dirname(folder), { recursive: true });
      renameSync(unfinished, folder);
      return folder;
    },
    report,
  );
}
