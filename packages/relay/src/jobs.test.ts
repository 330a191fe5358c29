import { describe, expect, it } from '@jest/globals';
import { startJobs } from './jobs.ts';

const turn = () => new Promise((resume) => setTimeout(resume, 5));

describe('startJobs', () => {
  it('runs a job again and again, also after it failed, and tells of the failure', async () => {
    let runs = 0;
    const troubles: string[] = [];
    const work = async () => {
      if (++runs === 1) throw new Error('no');
    };
    const jobs = startJobs([{ name: 'sweep', everyMs: 1, run: work }], (message) => troubles.push(message));
    while (runs < 3) await turn();
    await jobs.stop();
    expect(troubles).toEqual(['sweep failed; it is tried again']);
  });

  it('never overlaps runs, and ends the one in hand before it stops', async () => {
    let running = 0;
    let most = 0;
    let finished = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      finished++;
    };
    const jobs = startJobs([{ name: 'slow', everyMs: 0, run: work }], () => {});
    while (finished < 2 || running === 0) await turn();
    await jobs.stop();
    expect({ most, running }).toEqual({ most: 1, running: 0 });
    const before = finished;
    await turn();
    expect(finished).toBe(before);
  });
});
