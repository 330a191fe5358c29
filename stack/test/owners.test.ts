import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceFolder } from '@jangbu/stack';
import { afterAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { endStarted, isAlive, type Running, stack, startNode } from './support/commands.ts';

/** A server ends with the process that owns it, however that process ends. */
describe('the owner of a stack', () => {
  const instance = `own-${randomBytes(4).toString('hex')}`;
  const own = ['--instance', instance];
  const startOwner = () => startNode('stack/test/support/owner.ts', [instance]);
  const untilUp = async (owner: Running) => JSON.parse(await owner.untilPrinted(/^\{.*\}$/m));
  const mysqlPid = () =>
    JSON.parse(readFileSync(join(instanceFolder(instance), 'state.json'), 'utf8')).mysql.process.pid;
  const untilDead = (pid: number) => waitFor(`the end of process ${pid}`, async () => !isAlive(pid));

  afterAll(async () => {
    await endStarted();
    await stack(['reset', '--yes', ...own]);
  });

  it('takes over what a killed one left, and ends it with Ctrl-C', async () => {
    const first = startOwner();
    const { databaseUrl } = await untilUp(first);
    const pid = mysqlPid();
    first.child.kill('SIGKILL');
    await first.ended;
    expect(isAlive(pid)).toBe(true);

    const second = startOwner();
    expect(await untilUp(second)).toEqual({ started: ['mysql'], databaseUrl });
    expect(mysqlPid()).toBe(pid);
    second.child.kill('SIGINT');
    expect(await second.ended).toMatchObject({ code: 130 });
    await untilDead(pid);
  });

  it('keeps others away from its servers, and they leave them alone', async () => {
    const owner = startOwner();
    await untilUp(owner);
    const pid = mysqlPid();
    const message = `mysql of ${instance} belongs to process ${owner.child.pid}, which still runs, and would end with it; end that one first\n`;
    for (const command of [
      ['up', ...own, '--only', 'mysql'],
      ['down', ...own],
      ['reset', '--yes', ...own],
    ])
      expect(await stack(command)).toMatchObject({ code: 1, stderr: message });
    expect(isAlive(pid)).toBe(true);

    // Both killed, as by a power cut: the next one starts anew on what the disk holds.
    process.kill(pid, 'SIGKILL');
    owner.child.kill('SIGKILL');
    await owner.ended;
    const next = startOwner();
    expect(await untilUp(next)).toMatchObject({ started: ['mysql'] });
    expect(mysqlPid()).not.toBe(pid);
    next.child.kill('SIGTERM');
    expect(await next.ended).toMatchObject({ code: 143 });
    await untilDead(mysqlPid());
  });

  it('ends what it began when it is interrupted while it starts', async () => {
    const owner = startOwner();
    const pid = await waitFor('a MySQL process', async () => {
      const now = mysqlPid();
      return isAlive(now) && now;
    });
    owner.child.kill('SIGINT');
    expect(await owner.ended).toMatchObject({ code: 130 });
    await untilDead(pid);
  });
});
