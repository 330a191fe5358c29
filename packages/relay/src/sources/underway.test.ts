import { describe, expect, it } from '@jest/globals';
import { Underway } from './underway.ts';

function openWork() {
  let end = (_error?: Error) => {};
  const work = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  return { work, end };
}

describe('work underway', () => {
  it('has room until there is as much of it as may be', async () => {
    const underway = new Underway(2);
    const [first, second] = [openWork(), openWork()];
    underway.add(first.work);
    await underway.room();
    underway.add(second.work);
    let hasRoom = false;
    const room = underway.room().then(() => {
      hasRoom = true;
    });
    await new Promise(setImmediate);
    expect(hasRoom).toBe(false);
    second.end();
    await room;
    expect(hasRoom).toBe(true);
  });

  it('has room for what is small while something large is not done', async () => {
    const underway = new Underway(2);
    const large = openWork();
    underway.add(large.work, 1.5);
    await underway.room(0.5);
    underway.add(openWork().work, 0.5);
    let hasRoom = false;
    const room = underway.room(0.5).then(() => {
      hasRoom = true;
    });
    await new Promise(setImmediate);
    expect(hasRoom).toBe(false);
    large.end();
    await room;
  });

  it('has room for what is larger than all of it once nothing else is there', async () => {
    const underway = new Underway(2);
    await underway.room(3);
  });

  it('tells of the first failure', async () => {
    const underway = new Underway(2);
    const [first, second] = [openWork(), openWork()];
    underway.add(first.work);
    underway.add(second.work);
    underway.check();
    first.end(new Error('first'));
    second.end(new Error('second'));
    await underway.room();
    await new Promise(setImmediate);
    expect(() => underway.check()).toThrow('first');
  });
});
