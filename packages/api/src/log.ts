import { destination, type Logger, pino } from 'pino';
import { withoutSecrets } from './log-secrets.ts';

/** JSON lines on standard output, written in blocks off the request's path; a quiet process is flushed every second. */
export function openLog(level: string): Logger {
  const stream = destination({ sync: false, minLength: 4_096 });
  process.once('exit', () => stream.flushSync());
  setInterval(() => stream.flush(), 1_000).unref();
  return pino(
    {
      level,
      base: null,
      formatters: { log: withoutSecrets },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    stream,
  );
}
