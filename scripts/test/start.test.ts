import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceFolder } from '@jangbu/stack';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  endStarted,
  isAlive,
  type Running,
  stack,
  startCommand,
  startNode,
} from '../../stack/test/support/commands.ts';
import { endLeftovers } from '../system/leftovers.ts';
import { waitFor } from '../testing/wait-for.ts';

/** npm start -- --embedded as its user runs it, as a system of its own beside the user's. */
describe('npm start', () => {
  const instance = `start-${randomBytes(4).toString('hex')}`;
  const folder = instanceFolder(instance);
  const start = () => startCommand('npm', ['start', '--', '--embedded'], { JANGBU_INSTANCE: instance });
  const untilUp = async (running: Running) => {
    const api = await running.untilPrinted(/^ {2}API +(http:\S+)$/m);
    await running.untilPrinted(/^Ctrl-C ends it\.$/m);
    return api;
  };
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const mysqlPid = (): number => read('state.json').mysql.process.pid;
  const servicePids = (): number[] => read('run.json').services.map(({ pid }: { pid: number }) => pid);
  const trialBalance = (api: string) => fetch(new URL('/api/reports/trial-balance', api));

  afterAll(async () => {
    await endStarted();
    const { owner } = read('run.json');
    if (isAlive(owner.pid)) process.kill(owner.pid, 'SIGKILL');
    await waitFor('the end of the owner', async () => !isAlive(owner.pid));
    await endLeftovers(folder);
    await stack(['reset', '--yes', '--instance', instance]);
  });

  it('replaces what a killed run left, refuses a second run, and ends everything on Ctrl-C', async () => {
    const killed = start();
    const api = await untilUp(killed);
    expect((await trialBalance(api)).status).toBe(200);
    const mysql = mysqlPid();
    const left = servicePids();
    expect(left).toHaveLength(3);
    process.kill(read('run.json').owner.pid, 'SIGKILL');
    await killed.ended;
    expect([mysql, ...left].filter(isAlive)).toEqual([mysql, ...left]);

    const next = start();
    const nextApi = await untilUp(next);
    await next.untilPrinted(/^Ended 3 processes that an earlier run left\.$/m);
    expect(mysqlPid()).toBe(mysql);
    expect(left.filter(isAlive)).toEqual([]);
    expect((await trialBalance(nextApi)).status).toBe(200);

    const second = await start().ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^mysql of start-\w+ belongs to process \d+, which still runs/m);

    const running = [mysql, ...servicePids()];
    // npm alone, as a supervisor would; a terminal would send it to all of them.
    next.child.kill('SIGINT');
    expect(await next.ended).toMatchObject({ code: 0 });
    await waitFor('the end of every process', async () => running.every((pid) => !isAlive(pid)));
  }, 60_000);

  it('says what is wrong with a port before it starts anything', async () => {
    const wrong = startNode('scripts/start.ts', ['--embedded'], { JANGBU_INSTANCE: instance, PORT: '80810' });
    const { code, stderr } = await wrong.ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^PORT is a port from 1 to 65535, not 80810/),
    });
    expect(isAlive(mysqlPid())).toBe(false);
  });
});
