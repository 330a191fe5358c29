import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../command.ts';
import type { Launch } from '../processes.ts';
import { MYSQL_SETTINGS, mysqlArguments } from '../settings.ts';
import { versions } from '../versions.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { installed } from './install.ts';

/** MySQL and every library that it needs, its own loader included, so that the host's libraries do not matter. */
export function installMysql(report: (line: string) => void): Promise<string> {
  return installed(
    `mysql-${versions.mysql}-debian-${process.arch}`,
    (folder) => unpackDebianPackages(['mysql-server-core'], 'sid', folder),
    report,
  );
}

/** Makes the data folder where there is none, and says how to start the server on it. */
export async function mysqlLaunch(software: string, folder: string, port: number): Promise<Launch> {
  mkdirSync(folder, { recursive: true });
  const server = serverOf(software);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'mysql.ibd')))
    await mustRun(server.command, [...server.args, '--initialize-insecure', `--datadir=${data}`]);
  // A killed server leaves them, and the next one refuses to start while any process has the number that is in the lock.
  for (const name of ['socket', 'socket.lock']) rmSync(join(folder, name), { force: true });
  return {
    command: server.command,
    args: [
      ...server.args,
      `--datadir=${data}`,
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      ...mysqlArguments({ ...MYSQL_SETTINGS, ...PRIVATE }),
    ],
    cwd: folder,
    logFile: join(folder, 'log'),
  };
}

/** Reached from this machine only, because its administrator has no password. */
const PRIVATE = { 'bind-address': '127.0.0.1', 'secure-file-priv': '' };

function serverOf(software: string): { command: string; args: string[] } {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const loaders = [
    'usr/lib64/ld-linux-x86-64.so.2',
    'lib64/ld-linux-x86-64.so.2',
    'usr/lib/ld-linux-aarch64.so.1',
    'lib/ld-linux-aarch64.so.1',
  ];
  const loader = loaders.map((path) => join(software, path)).find(existsSync);
  if (loader === undefined)
    throw new Error(`${software} has no program loader; remove the folder and try again`);
  return {
    command: loader,
    args: [
      '--library-path',
      join(software, 'usr/lib', triplet),
      join(software, 'usr/sbin/mysqld'),
      '--no-defaults',
      ...(process.getuid?.() === 0 ? ['--user=root'] : []),
      `--lc-messages-dir=${join(software, 'usr/share/mysql')}`,
      `--character-sets-dir=${join(software, 'usr/share/mysql/charsets')}`,
    ],
  };
}
