import { writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';

const STANDARD_OUTPUT = 1;
const MOST_ATTEMPTS = 10;

/**
 * JSON lines on standard output. A line that cannot be written, as where the disk is full, is lost, and the relay goes on: with pino's own
 * stream it would wait there for ever.
 */
export function openLog(level: string): Logger {
  return pino({ name: 'relay', level }, { write });
}

function write(line: string): void {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    try {
      writeSync(STANDARD_OUTPUT, line);
      return;
    } catch (error) {
      // A pipe whose reader is slow takes it a moment later.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}
