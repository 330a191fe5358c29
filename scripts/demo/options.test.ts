import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('asks the API of npm start, on the port that the environment names', () => {
    expect(readOptions([], {})).toEqual({
      url: 'http://127.0.0.1:8081',
      json: false,
      ledgerName: 'kimchi-mall',
    });
    expect(readOptions([], { PORT: '9000' })?.url).toBe('http://127.0.0.1:9000');
  });

  it('takes an address, and leaves out its last slash', () => {
    expect(readOptions(['--url', 'https://mall.example/', '--json'], {})).toMatchObject({
      url: 'https://mall.example',
      json: true,
    });
  });

  it('has nothing to run when help is asked for', () => {
    expect(readOptions(['--help'], {})).toBeUndefined();
  });

  it.each([[['--url', 'localhost']], [['--url', 'ftp://h']], [['--nope']], [['extra']]])(
    'refuses %j',
    (args) => {
      expect(() => readOptions(args, {})).toThrow();
    },
  );
});
