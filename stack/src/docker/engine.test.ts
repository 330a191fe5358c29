import { describe, expect, it } from '@jest/globals';
import { whyNoDocker } from './engine.ts';

/** A `docker` that knows only these commands. */
function docker(...known: readonly string[]) {
  const asked: string[] = [];
  const run = async (command: string, args: readonly string[]) => {
    asked.push(command);
    return { code: known.includes(args[0] ?? '') ? 0 : 1, output: '' };
  };
  return { run, asked };
}

describe('whyNoDocker', () => {
  it('finds nothing against an engine that answers and has compose', async () => {
    const { run, asked } = docker('version', 'compose');
    expect(await whyNoDocker(run)).toBeUndefined();
    expect(asked).toEqual(['docker', 'docker']);
  });

  it('tells a machine without a running engine', async () => {
    expect(await whyNoDocker(docker('compose').run)).toBe('no engine answers');
  });

  it('tells an engine whose compose command is missing', async () => {
    expect(await whyNoDocker(docker('version').run)).toBe('its compose command is missing');
  });

  it('takes a machine without any docker command as one without an engine', async () => {
    expect(await whyNoDocker(async () => ({ code: 127, output: 'ENOENT' }))).toBe('no engine answers');
  });
});
