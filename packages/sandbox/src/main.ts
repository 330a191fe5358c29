import { z } from 'zod';
import { startSandbox } from './start-sandbox.ts';

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_STATE_FILE: z.string().min(1).optional(),
});

try {
  const { SANDBOX_PORT, SANDBOX_HOST, SANDBOX_STATE_FILE } = environment.parse(process.env);
  const sandbox = await startSandbox({
    port: SANDBOX_PORT,
    host: SANDBOX_HOST,
    ...(SANDBOX_STATE_FILE === undefined ? {} : { stateFile: SANDBOX_STATE_FILE }),
    onTrouble: (error) => process.stderr.write(`The sandbox failed at a request: ${String(error)}\n`),
  });
  process.stdout.write(`The sandbox listens at ${sandbox.url}\n`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
} catch (error) {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`The sandbox cannot start: ${reason}\n`);
  process.exit(1);
}
