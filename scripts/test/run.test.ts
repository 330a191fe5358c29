import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const SCRIPTS = resolve(import.meta.dirname, '..');

/** scripts/run.mjs in a clone of its own, with an npm of the test's own. */
describe('the first step of every npm script', () => {
  let root: string;
  const file = (...path: string[]) => join(root, ...path);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'jangbu-run-'));
    for (const folder of ['scripts', 'bin', 'node_modules']) mkdirSync(file(folder));
    for (const name of ['run.mjs', 'bootstrap'])
      cpSync(join(SCRIPTS, name), file('scripts', name), { recursive: true });
    symlinkSync(process.execPath, file('bin', 'node'));
    writeFileSync(file('package-lock.json'), '{}');
    standIn('npm', 'echo "$*" >> npm-calls; mkdir -p node_modules');
  });
  afterEach(() => {
    for (const child of started) child.kill('SIGTERM');
    rmSync(root, { recursive: true });
  });
  const started = new Set<ChildProcess>();

  function standIn(command: string, script: string): void {
    writeFileSync(file('bin', command), `#!/bin/sh\n${script}\n`);
    chmodSync(file('bin', command), 0o755);
  }

  function run(script: string, { args = [] as string[], path = `${file('bin')}:/bin:/usr/bin` } = {}) {
    writeFileSync(file('hello.ts'), script);
    const child = spawn(process.execPath, [file('scripts', 'run.mjs'), 'hello.ts', ...args], {
      cwd: tmpdir(),
      env: { PATH: path, JANGBU_CACHE: file('cache') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.add(child);
    const printed = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      printed.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      printed.stderr += chunk;
    });
    const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...printed }));
    return { child, ended };
  }

  const npmCalls = () => (existsSync(file('npm-calls')) ? readFileSync(file('npm-calls'), 'utf8') : '');
  const markInstalled = () =>
    writeFileSync(file('node_modules', '.jangbu-lock'), createHash('sha256').update('{}').digest('hex'));

  it('installs once, and again when the lock file has changed', async () => {
    expect(await run('').ended).toEqual({ code: 0, stdout: '', stderr: 'Installing dependencies…\n' });
    expect(await run('').ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toBe('ci --no-audit --no-fund\n');
    writeFileSync(file('package-lock.json'), '{ }');
    await run('').ended;
    expect(npmCalls()).toBe('ci --no-audit --no-fund\n'.repeat(2));
  });

  it('runs TypeScript, hands on its arguments, and ends with its exit code', async () => {
    markInstalled();
    const script =
      'const rest: string[] = process.argv.slice(2); console.log(rest.join("|")); process.exit(7)';
    expect(await run(script, { args: ['--embedded', 'a b'] }).ended).toEqual({
      code: 7,
      stdout: '--embedded|a b\n',
      stderr: '',
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('passes on %s, waits for the end, and tells of it', async (signal, code) => {
    markInstalled();
    const orderly = `process.on('${signal}', () => { console.log('ending'); process.exit(3); });`;
    const wait = "setInterval(() => {}, 1000); console.log('up');";
    for (const [script, expected] of [
      [orderly + wait, { code: 3, stdout: 'up\nending\n', stderr: '' }],
      [wait, { code, stdout: 'up\n', stderr: '' }],
    ] as const) {
      const { child, ended } = run(script);
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await ended).toEqual(expected);
    }
  });

  it('says that npm is missing', async () => {
    expect(await run('', { path: '/nowhere' }).ended).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Installing dependencies…\nJangbu needs npm, which comes with Node, and there is none on PATH.\n',
    });
  });

  it("shows npm ci's own message when it fails, and tries again the next time", async () => {
    standIn('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
    expect(await run('').ended).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Installing dependencies…\nnpm error code ENOTFOUND\nnpm ci failed; its message stands above.\n',
    });
    standIn('npm', 'echo "$*" >> npm-calls');
    expect((await run('').ended).code).toBe(0);
    expect(npmCalls()).not.toBe('');
  });

  describe('on a host with an older Node', () => {
    beforeEach(() => {
      markInstalled();
      const source = readFileSync(file('scripts', 'run.mjs'), 'utf8').replaceAll(
        'process.versions.node',
        "'20.20.2'",
      );
      writeFileSync(file('scripts', 'run.mjs'), source);
    });
    const install =
      'for a; do last=$a; done; name=$(echo "$last" | cut -d@ -f1); while [ "$1" != --prefix ]; do shift; done; echo "$last" >> npm-calls; mkdir -p "$2/node_modules/$name/bin"';

    it('fetches one once, and puts it first on PATH', async () => {
      standIn('npm', `${install}; ln -s ${process.execPath} "$2/node_modules/$name/bin/node"`);
      const { code, stdout, stderr } = await run('console.log(process.env.PATH)').ended;
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(
          /^This host has Node 20\.20\.2; fetching Node 24\.\d+\.\d+ through npm/,
        ),
      });
      expect(stdout).toContain(file('cache', 'node-24.'));
      expect(await run('').ended).toMatchObject({ code: 0, stderr: '' });
      expect(npmCalls().trim().split('\n')).toHaveLength(1);
    });

    it.each([
      ['npm fails', 'echo "npm error network" >&2; exit 1'],
      ['what it fetched is not whole', install],
    ])('says what is needed when %s, and leaves nothing that looks fetched', async (_when, script) => {
      standIn('npm', script);
      const { code, stderr } = await run('').ended;
      expect(code).toBe(1);
      expect(stderr).toContain(
        'Jangbu needs Node 22.18 or newer, this host has 20.20.2, and npm could not fetch it.\nInstall Node 24 and try again.',
      );
      expect(await run('').ended).toMatchObject({ code: 1 });
    });
  });
});
