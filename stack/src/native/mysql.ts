import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../command.ts';
import type { Launch } from '../processes.ts';
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
  return {
    command: server.command,
    args: [
      ...server.args,
      `--datadir=${data}`,
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      ...SETTINGS,
    ],
    cwd: folder,
    logFile: join(folder, 'log'),
  };
}

/** Full durability, and what Debezium asks for. docker-compose.yml has the same (versions.test.ts compares them). */
export const SETTINGS: readonly string[] = [
  '--bind-address=127.0.0.1',
  '--mysqlx=OFF',
  '--secure-file-priv=',
  '--server-id=1',
  '--log-bin=binlog',
  '--gtid-mode=ON',
  '--enforce-gtid-consistency=ON',
  '--binlog-row-image=FULL',
  '--binlog-expire-logs-seconds=604800',
  '--sync-binlog=1',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=1G',
  '--innodb-redo-log-capacity=1G',
  '--transaction-isolation=READ-COMMITTED',
  '--log-bin-trust-function-creators=1',
  '--character-set-server=utf8mb4',
  '--default-time-zone=+00:00',
  '--max-connections=300',
];

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
