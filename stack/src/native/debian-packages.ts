import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../command.ts';
import { rewriteSources } from './apt-sources.ts';

/**
 * Unpacks Debian packages and all they depend on into a folder, without root and without touching the system: apt gets a state,
 * a cache and sources of its own, and believes that nothing is installed. apt checks the archive's signature and each hash.
 * @param suite `sid`, or undefined for the machine's own sources as they are
 * @param without packages that are left out although something depends on them
 */
export async function unpackDebianPackages(
  names: readonly string[],
  suite: string | undefined,
  target: string,
  without: readonly string[] = [],
): Promise<void> {
  const apt = join(target, '.apt');
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'sources'])
    mkdirSync(join(apt, folder), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  writeSources(join(apt, 'sources'), suite);
  const options = aptOptions(apt);
  await mustRun('apt-get', [...options, 'update']);
  await mustRun('apt-get', [...options, 'install', '--download-only', '--yes', ...names]);
  const archives = join(apt, 'cache', 'archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    // NAME_VERSION_ARCHITECTURE.deb
    if (without.includes(name.slice(0, name.indexOf('_')))) continue;
    await mustRun('dpkg-deb', ['-x', join(archives, name), target]);
  }
  rmSync(apt, { recursive: true });
}

function writeSources(folder: string, suite: string | undefined): void {
  const files = systemSources();
  if (suite === undefined) {
    for (const { name, path } of files) cpSync(path, join(folder, name));
    return;
  }
  const text = rewriteSources(files, suite);
  if (text === '') throw new Error('this machine has no Debian archive among its apt sources');
  writeFileSync(join(folder, `${suite}.sources`), text);
}

function systemSources(): { name: string; path: string; text: string }[] {
  const parts = '/etc/apt/sources.list.d';
  const paths = existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : [];
  return ['/etc/apt/sources.list', ...paths]
    .filter((path) => existsSync(path) && /\.(list|sources)$/.test(path))
    .map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path, text: readFileSync(path, 'utf8') }));
}

function aptOptions(apt: string): string[] {
  const settings = {
    'Dir::State': join(apt, 'state'),
    'Dir::State::status': join(apt, 'status'),
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(apt, 'sources'),
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    // A mirror may serve a snapshot whose Release file is past its date; its signature is checked all the same.
    'Acquire::Check-Valid-Until': 'false',
  };
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}
