import { type Finished, runCommand } from '../command.ts';

type Run = (command: string, args: readonly string[], options: { timeoutMs: number }) => Promise<Finished>;

/** Why Docker cannot be used on this machine; undefined when an engine answers and knows docker-compose.yml's language. */
export async function whyNoDocker(run: Run = runCommand): Promise<string | undefined> {
  const engine = await run('docker', ['version', '--format', '{{.Server.Version}}'], { timeoutMs: 10_000 });
  if (engine.code !== 0) return 'no engine answers';
  const compose = await run('docker', ['compose', 'version'], { timeoutMs: 10_000 });
  return compose.code === 0 ? undefined : 'its compose command is missing';
}
