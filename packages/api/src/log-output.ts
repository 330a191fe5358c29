import { write as fsWrite, writeSync } from 'node:fs';

/** `fs.write`, or what stands for it in a test. */
export type Write = (
  block: Buffer,
  from: number,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

export interface LogOutput {
  write(line: string): void;
  /** Begins to write what waits. */
  flush(): void;
  /** Writes what waits before the process is gone. */
  flushSync(): void;
}

const STANDARD_OUTPUT = 1;
const BLOCK_LENGTH = 4_096;
/** Of a pipe whose reader stands still; what comes then is lost, and not kept until memory is full. */
const MOST_WAITING = 4_194_304;
const FULL_PIPE_PAUSE_MS = 20;
const MOST_ATTEMPTS_AT_THE_END = 50;

/**
 * Lines on standard output, in blocks and off the request's path. A line that cannot be written, as where the disk is full, is lost, and
 * the process goes on: with pino's own stream it would wait there for ever. When there is room again, a line says how many are missing.
 */
export function openLogOutput(write: Write = toStandardOutput): LogOutput {
  let waiting: string[] = [];
  let length = 0;
  let lost = 0;
  let isWriting = false;

  function take(): string {
    const block = waiting.join('');
    waiting = [];
    length = 0;
    return block;
  }

  function flush(): void {
    if (isWriting || waiting.length === 0) return;
    isWriting = true;
    const lines = waiting.length;
    writeBlock(Buffer.from(take()), 0, lines);
  }

  function writeBlock(block: Buffer, from: number, lines: number): void {
    write(block, from, (error, written) => {
      if (error?.code === 'EAGAIN')
        setTimeout(() => writeBlock(block, from, lines), FULL_PIPE_PAUSE_MS).unref();
      else if (error !== null) ended({ lostNow: lines, isCut: from > 0 });
      else if (from + written < block.length) writeBlock(block, from + written, lines);
      else ended({ lostNow: 0, isCut: false });
    });
  }

  function ended({ lostNow, isCut }: { lostNow: number; isCut: boolean }): void {
    isWriting = false;
    if (isCut) waiting.unshift('\n');
    if (lostNow === 0 && lost > 0) {
      waiting.unshift(tellOf(lost));
      lost = 0;
    }
    lost += lostNow;
    if (length >= BLOCK_LENGTH) flush();
  }

  return {
    write(line) {
      if (length >= MOST_WAITING) {
        lost++;
        return;
      }
      waiting.push(line);
      length += line.length;
      if (length >= BLOCK_LENGTH) flush();
    },
    flush,
    flushSync: () => writeAtTheEnd(Buffer.from(take())),
  };
}

function tellOf(lost: number): string {
  const time = new Date().toISOString();
  return `${JSON.stringify({ level: 40, time, lost, msg: 'Log lines could not be written' })}\n`;
}

function toStandardOutput(block: Buffer, from: number, done: Parameters<Write>[2]): void {
  fsWrite(STANDARD_OUTPUT, block, from, block.length - from, null, done);
}

function writeAtTheEnd(block: Buffer): void {
  let from = 0;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS_AT_THE_END && from < block.length; attempt++) {
    try {
      from += writeSync(STANDARD_OUTPUT, block, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}
