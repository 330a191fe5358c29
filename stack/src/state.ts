import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceFolder } from './folders.ts';
import type { Part } from './parts.ts';
import type { ProcessIdentity } from './processes.ts';

/** What is remembered of a part between runs: a Kafka that comes back must have the port that its clients know. */
export interface PartState {
  readonly port: number;
  readonly process?: ProcessIdentity;
  /** The process that it ends with; absent when it outlives whoever started it. */
  readonly owner?: ProcessIdentity;
}

export type StackState = Partial<Record<Part, PartState>>;

export function readState(instance: string): StackState {
  try {
    return parseState(readFileSync(fileOf(instance), 'utf8'));
  } catch {
    return {};
  }
}

export function writeState(instance: string, state: StackState): void {
  mkdirSync(instanceFolder(instance), { recursive: true });
  const temporary = `${fileOf(instance)}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(temporary, fileOf(instance));
}

/** A file that is half written or from another version counts as no state. */
export function parseState(text: string): StackState {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null) return {};
  const sound = Object.entries(read).filter(([, part]) => Number.isInteger(part?.port));
  return Object.fromEntries(sound);
}

function fileOf(instance: string): string {
  return join(instanceFolder(instance), 'state.json');
}
