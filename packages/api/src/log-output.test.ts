import { describe, expect, it } from '@jest/globals';
import { openLogOutput, type Write } from './log-output.ts';

type Outcome = number | 'ENOSPC' | 'EAGAIN';

/** A file that takes so many bytes at a time, or does not; then all it is given. */
function fileOf(...outcomes: Outcome[]) {
  let text = '';
  const write: Write = (block, from, done) => {
    const outcome = outcomes.shift() ?? block.length;
    if (typeof outcome === 'string') return done(Object.assign(new Error(outcome), { code: outcome }), 0);
    const end = Math.min(block.length, from + outcome);
    text += block.toString('utf8', from, end);
    done(null, end - from);
  };
  return { write, text: () => text };
}

const LINE = `${'x'.repeat(99)}\n`;

describe('the log’s output', () => {
  it('writes in blocks, and what waits when it is told to', () => {
    const file = fileOf();
    const output = openLogOutput(file.write);
    for (let line = 0; line < 40; line++) output.write(LINE);
    expect(file.text()).toBe('');
    output.write(LINE);
    expect(file.text()).toBe(LINE.repeat(41));
    output.write(LINE);
    output.flush();
    expect(file.text()).toBe(LINE.repeat(42));
  });

  it('goes on where a part of a block was written', () => {
    const file = fileOf(10, 7);
    const output = openLogOutput(file.write);
    output.write(LINE);
    output.flush();
    expect(file.text()).toBe(LINE);
  });

  it('loses what a full disk does not take, and says so when there is room', () => {
    const file = fileOf(150, 'ENOSPC');
    const output = openLogOutput(file.write);
    for (const _ of [1, 2, 3]) output.write(LINE);
    output.flush();
    output.write('after\n');
    output.flush();
    output.flush();
    const [first, cut, after, told] = file.text().split('\n');
    expect([first?.length, cut?.length, after]).toEqual([99, 50, 'after']);
    expect(JSON.parse(told ?? '')).toMatchObject({
      level: 40,
      lost: 3,
      msg: 'Log lines could not be written',
    });
  });

  it('waits for a pipe that is full for the moment', async () => {
    const file = fileOf('EAGAIN', 'EAGAIN');
    const output = openLogOutput(file.write);
    output.write(LINE);
    output.flush();
    expect(file.text()).toBe('');
    await new Promise((later) => setTimeout(later, 100));
    expect(file.text()).toBe(LINE);
  });

  it('keeps four megabytes at most for a reader that stands still', () => {
    let isStill = true;
    const resume: (() => void)[] = [];
    const file = fileOf();
    const output = openLogOutput((block, from, done) => {
      if (isStill) resume.push(() => file.write(block, from, done));
      else file.write(block, from, done);
    });
    for (let line = 0; line < 50_000; line++) output.write(LINE);
    isStill = false;
    resume[0]?.();
    output.flush();
    expect(file.text().length).toBeLessThan(4_400_000);
    expect(file.text()).toMatch(/"lost":\d+,"msg":"Log lines could not be written"/);
  });
});
