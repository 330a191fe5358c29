import { existsSync, lstatSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { installed } from './install.ts';

const OLDEST_JAVA = 17;

/** The machine's own Java where it is new enough, else Debian's in a private folder. */
export async function findJava(
  report: (line: string) => void,
): Promise<{ java: string; home: string | undefined }> {
  const { code, output } = await runCommand('java', ['-version'], { timeoutMs: 10_000 });
  if (code === 0 && javaMajor(output) >= OLDEST_JAVA) return { java: 'java', home: undefined };
  const folder = await installed(
    `java-debian-${process.arch}`,
    async (target) => {
      await unpackDebianPackages(['default-jre-headless'], undefined, target);
      pointLinksInside(target, join(target, 'usr/lib/jvm'));
    },
    report,
  );
  const homes = readdirSync(join(folder, 'usr/lib/jvm')).map((name) => join(folder, 'usr/lib/jvm', name));
  const home = homes.find((path) => existsSync(join(path, 'bin/java')));
  if (home === undefined) throw new Error(`${folder} holds no Java; remove the folder and try again`);
  return { java: join(home, 'bin/java'), home };
}

export function javaMajor(versionOutput: string): number {
  return Number(/version "(\d+)/.exec(versionOutput)?.[1] ?? 0);
}

/** Debian's Java has links into /etc, which here lies inside the private folder. */
function pointLinksInside(root: string, folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) pointLinksInside(root, path);
    if (!stat.isSymbolicLink()) continue;
    const target = readlinkSync(path);
    if (!target.startsWith('/etc/')) continue;
    rmSync(path);
    symlinkSync(join(root, target), path);
  }
}
