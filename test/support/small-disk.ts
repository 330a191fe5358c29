import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort, installMysql, mysqlLaunch, untilItAnswers } from '@jangbu/stack';

/** A MySQL whose data lie on a disk of its own, which can be filled. */
export interface MysqlOnSmallDisk {
  readonly url: string;
  /** Takes all the room that is left. */
  fill(): void;
  free(): void;
  stop(): Promise<void>;
}

/** Linux lets whoever may have a user namespace mount a disk of memory in it, where nobody else sees it. */
export function canMountDisks(): boolean {
  return spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;
}

/** Its own log of changes stays on the disk that has room: MySQL would wait for a minute at a time before it tries to write it again. */
export async function startMysqlOnSmallDisk(megabytes: number): Promise<MysqlOnSmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-small-disk-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const port = await choosePort([]);
  const launch = await mysqlLaunch(await installMysql(() => {}), folder, port);
  const log = openSync(launch.logFile, 'a');
  const supervisor = spawn(
    'unshare',
    [
      ...['--map-root-user', '--mount', 'sh', '-c', SUPERVISE, 'sh', folder, String(megabytes)],
      ...[launch.command, ...launch.args, ...SMALL],
      ...[`--datadir=${join(disk, 'data')}`, `--log-bin=${join(folder, 'binlog')}`],
    ],
    { cwd: folder, stdio: ['pipe', log, log] },
  );
  closeSync(log);
  const ended = new Promise<void>((settle) => supervisor.once('exit', () => settle()));
  /** The disk as it is seen from outside of the namespace. */
  const room = () => join(`/proc/${supervisor.pid}/root`, disk);
  const url = `mysql://root@127.0.0.1:${port}`;
  async function stop(): Promise<void> {
    supervisor.stdin?.end();
    await ended;
    rmSync(folder, { recursive: true });
  }
  try {
    await untilItAnswers('mysql', url, { timeoutMs: 60_000, isAlive: () => supervisor.exitCode === null });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    fill: () => takeAllRoom(room()),
    free: () => rmSync(join(room(), FILLER)),
    stop,
  };
}

const FILLER = 'filler';

/** Of a server that is to hold little, so that its disk can be small. */
const SMALL = ['--innodb-redo-log-capacity=16M', '--innodb-buffer-pool-size=64M'];

/**
 * Starts MySQL again where it ended, as whatever keeps servers running does, until the pipe from the test is closed; by the test, or because its
 * process is gone.
 */
const SUPERVISE = `
  folder=$1; mount -t tmpfs -o "size=$2m" none "$folder/disk" || exit 1; shift 2
  cp -R "$folder/data" "$folder/disk/data" || exit 1
  exec 3<&0
  {
    cat <&3 >/dev/null
    touch "$folder/over"
    # MySQL writes its number only once it has nearly started.
    while kill -0 $$; do kill "$(cat "$folder/pid")"; sleep 0.2; done
  } 2>/dev/null &
  until [ -e "$folder/over" ]; do
    rm -f "$folder/socket" "$folder/socket.lock" "$folder/pid"
    "$@" 3<&-
    sleep 0.2
  done
`;

function takeAllRoom(folder: string): void {
  const filler = openSync(join(folder, FILLER), 'a');
  const { bsize, bavail } = statfsSync(folder);
  const block = Buffer.alloc(bsize);
  try {
    for (let left = bavail + 1; left > 0; left--) writeSync(filler, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(filler);
  }
}
