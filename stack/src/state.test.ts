import { describe, expect, it } from '@jest/globals';
import { parseState } from './state.ts';

const identity = { pid: 4711, startedAt: 123 };

describe('parseState', () => {
  it('reads back what was written', () => {
    const state = {
      mysql: { port: 3306, process: identity, owner: { pid: 4712, startedAt: 0 } },
      kafka: { port: 9092, container: true },
      connect: { port: 8083 },
    };
    expect(parseState(JSON.stringify(state))).toEqual(state);
  });

  it.each(['null', '3', '"text"', '[]', '{}'])('takes %s as no state', (text) => {
    expect(parseState(text)).toEqual({});
  });

  it('leaves out parts that it does not know, or whose port is none', () => {
    const text = '{"redis":{"port":1},"mysql":{"port":0},"kafka":{"port":"9092"},"connect":null}';
    expect(parseState(text)).toEqual({});
  });

  it.each([0, -1, -4711, 1.5, '4711', null])(
    'never takes %j for a process, which could mean every process there is',
    (pid) => {
      expect(parseState(JSON.stringify({ mysql: { port: 3306, process: { pid, startedAt: 0 } } }))).toEqual({
        mysql: { port: 3306 },
      });
    },
  );
});
