import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT } from '../docs/pages.ts';

it('npm run docs has a docstring for every export, and everything they refer to', () => {
  const args = [join(ROOT, 'scripts', 'docs.ts'), '--emit', 'none'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
}, 60_000);
