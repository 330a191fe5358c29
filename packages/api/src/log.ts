import { type Logger, pino } from 'pino';
import { openLogOutput } from './log-output.ts';
import { withoutSecrets } from './log-secrets.ts';

/** JSON lines on standard output, written in blocks off the request's path; a quiet process is flushed every second. */
export function openLog(level: string): Logger {
  const output = openLogOutput();
  process.once('exit', output.flushSync);
  setInterval(output.flush, 1_000).unref();
  return pino(
    {
      level,
      base: null,
      formatters: { log: withoutSecrets },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    output,
  );
}
