import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { exclusively } from '../src/exclusive.ts';
import { startNode } from './support/commands.ts';

describe('exclusively', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jangbu-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets several processes take turns, also over a lock that a dead one left', async () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 1 }));
    const processes = [1, 2, 3, 4].map(() => startNode('stack/test/support/counter.ts', [folder, '5']));
    for (const { ended } of processes) expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('20');
    expect(readdirSync(folder)).toEqual(['count']);
  });

  it('says once that it waits, and gives the lock back when the work fails', async () => {
    const said: string[] = [];
    let finish = () => {};
    const first = exclusively(folder, () => new Promise<void>((resolve) => (finish = resolve)));
    const second = exclusively(
      folder,
      async () => {
        throw new Error('failed');
      },
      (line) => said.push(line),
    );
    await waitFor('the note', async () => said.length > 0);
    finish();
    await first;
    await expect(second).rejects.toThrow('failed');
    expect(said).toEqual(['Another process is at work in this folder; waiting for it…']);
    expect(await exclusively(folder, async () => 'free')).toBe('free');
  });
});
