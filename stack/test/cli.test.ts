import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceFolder } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { isAlive, stack } from './support/commands.ts';

/** The command as its user runs it, on a MySQL of its own. */
describe('npm run stack', () => {
  const instance = `cli-${randomBytes(4).toString('hex')}`;
  const own = ['--instance', instance];
  const tools = mkdtempSync(join(tmpdir(), 'jangbu-tools-'));
  let address: string;

  beforeAll(async () => {
    const { code, stdout, stderr } = await stack(['up', ...own, '--only', 'mysql', '--json']);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^mysql is up on port/),
    });
    address = JSON.parse(stdout).databaseUrl;
  });
  afterAll(async () => {
    await stack(['reset', '--yes', ...own]);
    rmSync(tools, { recursive: true });
  });

  it('leaves running what it started, and says where', async () => {
    const { stdout } = await stack(['status', ...own, '--json']);
    expect(JSON.parse(stdout)).toEqual([
      { part: 'mysql', health: 'up', address, pid: expect.any(Number) },
      { part: 'kafka', health: 'never started' },
      { part: 'connect', health: 'never started' },
    ]);
  });

  it('finds it running the second time', async () => {
    const { code, stderr, stdout } = await stack(['up', ...own, '--only', 'mysql', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).databaseUrl).toBe(address);
  });

  it('shows the log of a part, and says that a part has none', async () => {
    expect((await stack(['logs', 'mysql', ...own])).stdout).toMatch(/ready for connections/);
    expect(await stack(['logs', 'kafka', ...own])).toMatchObject({
      code: 1,
      stderr: `kafka of ${instance} has no log yet.\n`,
    });
    expect(await stack(['logs', 'redis', ...own])).toMatchObject({
      code: 1,
      stderr: 'There is no part redis; choose of mysql, kafka, connect.\n',
    });
  });

  it('ends it with down, and comes back without fetching anything, on the same port, with its data', async () => {
    await query(address, 'CREATE DATABASE kept');
    expect(await stack(['down', ...own])).toMatchObject({ code: 0 });
    expect(JSON.parse((await stack(['status', ...own, '--json'])).stdout)[0]).toEqual({
      part: 'mysql',
      health: 'down',
    });

    // Whatever could fetch something fails, and no proxy answers.
    for (const tool of ['apt-get', 'mvn', 'npm', 'docker', 'curl']) standIn(tools, tool, 'exit 1');
    const offline = {
      PATH: `${tools}:${process.env.PATH}`,
      http_proxy: 'http://127.0.0.1:9',
      https_proxy: 'http://127.0.0.1:9',
    };
    const { code, stdout } = await stack(['up', ...own, '--only', 'mysql', '--json'], offline);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).databaseUrl).toBe(address);
    expect(await query(address, "SHOW DATABASES LIKE 'kept'")).toHaveLength(1);
  });

  it('deletes the data with reset, but never without being told so', async () => {
    const folder = instanceFolder(instance);
    const [{ pid }] = JSON.parse((await stack(['status', ...own, '--json'])).stdout);
    expect(await stack(['reset', ...own])).toMatchObject({
      code: 1,
      stderr: 'Nobody is there to ask; give --yes.\n',
    });
    expect(existsSync(join(folder, 'mysql', 'data'))).toBe(true);
    expect(await stack(['reset', '--yes', ...own])).toMatchObject({ code: 0 });
    expect(existsSync(folder)).toBe(false);
    expect(isAlive(pid)).toBe(false);
  });

  it('gives one message with the three ways out where nothing works, and leaves nothing behind', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'jangbu-bare-'));
    symlinkSync(process.execPath, join(bare, 'node'));
    const nowhere = `${instance}-bare`;
    const { code, stderr } = await stack(['up', '--instance', nowhere, '--only', 'mysql'], {
      PATH: bare,
      JANGBU_CACHE: join(bare, 'cache'),
      JANGBU_PLATFORM: '',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The servers could not be started\.\ndocker: no engine answers\nnative: apt-get .*[\s\S]*\n {2}1\. .*\n {2}2\. .*\n {2}3\. /,
    );
    const status = JSON.parse((await stack(['status', '--instance', nowhere, '--json'])).stdout);
    expect(status[0]).toEqual({ part: 'mysql', health: 'never started' });
    rmSync(instanceFolder(nowhere), { recursive: true, force: true });
    rmSync(bare, { recursive: true });
  });

  it.each([
    [['up', '--instance', 'UPPER'], /An instance is named with a-z, 0-9 and dash/],
    [['up', '--only', 'redis'], /Allowed choices are mysql, kafka, connect/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await stack(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('names what is wrong with an address of the environment, without its password', async () => {
    const { code, stderr } = await stack(['up', ...own], { DATABASE_URL: 'postgres://root:secret@db' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'DATABASE_URL must be such as mysql://root:password@host:3306.\n',
    });
    const silent = await stack(['up', ...own, '--only', 'mysql'], {
      DATABASE_URL: 'mysql://root:secret@127.0.0.1:9',
    });
    expect(silent.stderr).toBe('mysql does not answer at the address that the environment gives.\n');
  });
});

function standIn(folder: string, tool: string, script: string): void {
  writeFileSync(join(folder, tool), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const connection = await createConnection({ uri: url });
  try {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? rows : [];
  } finally {
    await connection.end();
  }
}
