import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('the options of a load run', () => {
  it('are the seed’s flow at its own rate, warmed up, where nothing is given', () => {
    expect(readOptions([], {})).toEqual({
      rate: 100,
      seconds: 60,
      warmUpSeconds: 15,
      engine: 'lean',
      url: 'http://127.0.0.1:8081',
      proveReplay: false,
      json: false,
    });
  });

  it('take the port of the API from the environment', () => {
    expect(readOptions([], { PORT: '9000' })?.url).toBe('http://127.0.0.1:9000');
  });

  it('may leave the warm-up out', () => {
    expect(readOptions(['--warm-up', '0'], {})?.warmUpSeconds).toBe(0);
  });

  it('leave https to Artillery’s own engine', () => {
    expect(readOptions(['--url', 'https://shop/', '--engine', 'http'], {})?.url).toBe('https://shop');
  });

  it.each([
    [['--rate', '0'], '--rate is a whole number, 1 at least, not 0.'],
    [['--seconds', '1.5'], '--seconds is a whole number, 1 at least, not 1.5.'],
    [['--warm-up='], '--warm-up is a whole number, 0 at least, not .'],
    [['--engine', 'fast'], '--engine is lean or http, not fast.'],
    [['--url', 'https://shop'], 'The lean engine speaks http:// only; for https://shop give --engine http.'],
    [['--no-such'], "Unknown option '--no-such'"],
  ])('%j are refused, and the message says why', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message);
  });
});
