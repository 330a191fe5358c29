import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** The lock appears with its owner in it, so that nobody finds it empty. */
function take(file: string): boolean {
  const own = `${file}.${process.pid}.${++attempts}`;
  writeFileSync(own, JSON.stringify(thisProcess()));
  try {
    linkSync(own, file);
    return true;
  } catch {
    removeAbandoned(file, own);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

let attempts = 0;

/** Moves a dead owner's lock aside, and puts it back when somebody living took it over in between. */
function removeAbandoned(file: string, own: string): void {
  if (isHeld(file)) return;
  const aside = `${own}.aside`;
  try {
    renameSync(file, aside);
    if (isHeld(aside)) linkSync(aside, file);
  } catch {
    // It is gone, or taken again: the next attempt sees.
  } finally {
    rmSync(aside, { force: true });
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
