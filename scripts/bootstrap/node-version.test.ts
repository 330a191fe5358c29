import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isNewEnough } from './node-version.mjs';

const root = resolve(import.meta.dirname, '..', '..');

describe('isNewEnough', () => {
  it.each(['22.18.0', '22.23.3', '24.0.0', '24.21.0', '26.10.0'])('takes Node %s', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['0.12.18', '18.20.8', '20.20.2', '22.17.1', '23.11.1'])(
    'fetches another than Node %s',
    (version) => {
      expect(isNewEnough(version)).toBe(false);
    },
  );

  it('is what engines says, in every package', () => {
    const lock = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')).packages;
    const ours = Object.keys(lock).filter((path) => !path.includes('node_modules/'));
    for (const path of ours) {
      const { engines } = JSON.parse(readFileSync(resolve(root, path, 'package.json'), 'utf8'));
      expect({ path, engines }).toEqual({ path, engines: { node: '^22.18.0 || >=24.0.0' } });
    }
  });
});
