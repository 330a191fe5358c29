import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceFolder } from './folders.ts';
import { PARTS, type Part } from './parts.ts';
import type { ProcessIdentity } from './processes.ts';

/** What is remembered of a part between runs: a Kafka that comes back must have the port that its clients know. */
export interface PartState {
  readonly port: number;
  readonly process?: ProcessIdentity;
  /** It is one of docker-compose.yml's containers. */
  readonly container?: boolean;
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

/** Of a file that is half written or from another version, only what is sound counts. */
export function parseState(text: string): StackState {
  const read: unknown = JSON.parse(text);
  if (!isRecord(read)) return {};
  const state: StackState = {};
  for (const part of PARTS) {
    const known = read[part];
    if (!isRecord(known) || !isCount(known['port'])) continue;
    state[part] = {
      port: known['port'],
      ...(isIdentity(known['process']) && { process: known['process'] }),
      ...(known['container'] === true && { container: true }),
      ...(isIdentity(known['owner']) && { owner: known['owner'] }),
    };
  }
  return state;
}

/** A number below 1 would mean a group of processes, or all of them. */
function isIdentity(value: unknown): value is ProcessIdentity {
  return isRecord(value) && isCount(value['pid']) && Number.isInteger(value['startedAt']);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fileOf(instance: string): string {
  return join(instanceFolder(instance), 'state.json');
}
