import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A process, told apart from a later one that got the same number by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot, as the kernel tells them; 0 where it does not. */
  readonly startedAt: number;
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
}

/** Starts a server in a session of its own, so that a terminal's Ctrl-C reaches its owner first, and it outlives the owner if asked to. */
export function launch({ command, args, env = {}, cwd, logFile }: Launch): ProcessIdentity {
  const log = openSync(logFile, 'a');
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new Error(`${command} could not be started.`);
  return { pid: child.pid, startedAt: startTimeOf(child.pid) ?? 0 };
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startTimeOf(process.pid) ?? 0 };
}

/** Undefined when there is no such process. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const identity = { pid, startedAt: startTimeOf(pid) ?? 0 };
  return pid > 0 && isRunning(identity) ? identity : undefined;
}

export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const now = startTimeOf(pid);
  return now === undefined ? startedAt === 0 : now === startedAt;
}

/** Asks it to end, and makes it after a while. */
export async function end(identity: ProcessIdentity, patienceMs = 15_000): Promise<void> {
  if (!isRunning(identity)) return;
  process.kill(identity.pid, 'SIGTERM');
  if (await hasEnded(identity, patienceMs)) return;
  process.kill(identity.pid, 'SIGKILL');
  await hasEnded(identity, 5_000);
}

export async function kill(identity: ProcessIdentity): Promise<void> {
  if (!isRunning(identity)) return;
  process.kill(identity.pid, 'SIGKILL');
  await hasEnded(identity, 5_000);
}

async function hasEnded(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/**
 * Field 22 of /proc/PID/stat; undefined where there is no such file. A zombie, which has ended and which nobody has asked about,
 * never equals a process that runs.
 */
function startTimeOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? Number.NaN : Number(fields[19]);
  } catch {
    return undefined;
  }
}
