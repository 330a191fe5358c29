import { closeSync, createReadStream, mkdirSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StateFile<Event> {
  append(event: Event): void;
  close(): void;
}

/**
 * A file with one JSON event a line. Gives every event in it to `onEvent`, then takes new ones. An append is in the hands of the
 * operating system when it returns, so a sandbox that is killed forgets nothing that it answered. A last line that was cut short
 * by a crash of the machine is cut off.
 */
export async function openStateFile<Event>(
  path: string,
  onEvent: (event: Event) => void,
): Promise<StateFile<Event>> {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  const wholeBytes = await replay(path, onEvent);
  if (wholeBytes < statSync(path).size) truncateSync(path, wholeBytes);
  return {
    append: (event) => {
      writeSync(file, `${JSON.stringify(event)}\n`);
    },
    close: () => closeSync(file),
  };
}

const NEWLINE = 10;

/** Returns how many bytes whole lines take. */
async function replay<Event>(path: string, onEvent: (event: Event) => void): Promise<number> {
  let wholeBytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = text.lastIndexOf(NEWLINE) + 1;
    for (const line of text.subarray(0, end).toString('utf8').split('\n')) {
      if (line !== '') onEvent(JSON.parse(line) as Event);
    }
    wholeBytes += end;
    rest = text.subarray(end);
  }
  return wholeBytes;
}
