import { type ChildProcess, spawn } from 'node:child_process';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Runs a command to its end, quietly; what it printed comes back with its exit code. */
export function runCommand(
  command: string,
  args: readonly string[],
  {
    cwd,
    timeoutMs = 600_000,
    env = {},
  }: { cwd?: string; timeoutMs?: number; env?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Not spawn's own time-out: that one keeps the process waiting for a command that could not even be started.
      signal: AbortSignal.timeout(timeoutMs),
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.on('error', (error) => {
      running.delete(child);
      const isLate = error.name === 'AbortError';
      resolve({
        code: isLate ? 124 : 127,
        output: isLate ? `${output()}\nno end within ${timeoutMs / 1000} s` : error.message,
      });
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: output() });
    });
  });
}

/** A download does not outlive whoever asked for it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill();
});

/** @throws Error with the last lines of what it printed, when it does not exit with 0 */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: Parameters<typeof runCommand>[2] = {},
): Promise<string> {
  const { code, output } = await runCommand(command, args, options);
  if (code === 0) return output;
  const lastLines = output.trim().split('\n').slice(-8).join('\n');
  throw new Error(`${command} ${args[0] ?? ''} ended with ${code}:\n${lastLines}`);
}
