import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity, thisProcess } from './processes.ts';

/** Runs work while no other process of this machine runs it in the same folder. A lock whose owner is dead is taken over. */
export async function exclusively<T>(
  folder: string,
  work: () => Promise<T>,
  report: (line: string) => void = () => {},
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  for (let hasSaid = false; !take(file); hasSaid = true) {
    if (!hasSaid) report('Another process is at work in this folder; waiting for it…');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(thisProcess()), { flag: 'wx' });
    return true;
  } catch {
    if (isHeld(file)) return false;
    rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file: string): boolean {
  try {
    const owner: ProcessIdentity = JSON.parse(readFileSync(file, 'utf8'));
    return isRunning(owner);
  } catch {
    return false;
  }
}
