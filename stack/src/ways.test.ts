import { describe, expect, it } from '@jest/globals';
import { waysToTry } from './ways.ts';

describe('waysToTry', () => {
  it('tries Docker first on a new instance', () => {
    expect(waysToTry({}, undefined)).toEqual(['docker', 'native']);
    expect(waysToTry({}, '')).toEqual(['docker', 'native']);
  });

  it('stays where the data lies', () => {
    expect(waysToTry({ mysql: { port: 3306 } }, undefined)).toEqual(['native', 'docker']);
    expect(waysToTry({ mysql: { port: 3306, container: true } }, undefined)).toEqual(['docker', 'native']);
  });

  it('does as it is told', () => {
    expect(waysToTry({ mysql: { port: 3306 } }, 'docker')).toEqual(['docker']);
    expect(waysToTry({}, 'native')).toEqual(['native']);
    expect(() => waysToTry({}, 'podman')).toThrow('JANGBU_PLATFORM is docker or native, not podman.');
  });
});
