import { describe, expect, it } from '@jest/globals';
import type { Report } from './report.ts';
import { type Run, runTwiceWhereItFails } from './second-try.ts';

type Files = Record<string, Record<string, 'passed' | 'failed'> | 'does not load'>;

describe('the second try', () => {
  it('is not made where nothing fails', async () => {
    const { outcome, asked } = await play({ a: { works: 'passed' } });
    expect(asked).toEqual([[]]);
    expect(outcome).toEqual({ passed: 1, failed: 0, triedAgain: [] });
  });

  it('is made of the files that failed, and their tests count as it finds them', async () => {
    const { outcome, asked } = await play(
      { a: { works: 'passed' }, b: { waits: 'failed', works: 'passed' }, c: 'does not load' },
      { b: { waits: 'passed', works: 'passed' }, c: { works: 'passed' } },
    );
    expect(asked).toEqual([[], ['/root/b', '/root/c']]);
    expect(outcome).toEqual({
      passed: 4,
      failed: 0,
      triedAgain: ['passed at the second try: b: waits', 'passed at the second try: c'],
    });
  });

  it('fails what fails twice, and what fails for the first time', async () => {
    const { outcome } = await play(
      { a: { works: 'passed' }, b: { waits: 'failed', hangs: 'failed', works: 'passed' } },
      { b: { waits: 'failed', hangs: 'passed', works: 'failed' } },
    );
    expect(outcome).toEqual({
      passed: 2,
      failed: 2,
      triedAgain: ['failed twice: b: waits', 'passed at the second try: b: hangs'],
    });
  });

  it('fails where a file does not load twice, or jest dies', async () => {
    const { outcome } = await play({ a: 'does not load' }, { a: 'does not load' });
    expect(outcome).toEqual({ passed: 0, failed: 1, triedAgain: ['failed twice: a'] });
    const dead = await play({ a: { waits: 'failed' } }, 'dies');
    expect(dead.outcome).toEqual({ passed: 0, failed: 1, triedAgain: ['failed twice: a: waits'] });
    expect((await play('dies')).outcome).toEqual({ passed: 0, failed: 1, triedAgain: [] });
  });

  it('is not made where so many files fail that luck has nothing to do with it', async () => {
    const files = Object.fromEntries(Array.from('abcdef', (name) => [name, { waits: 'failed' as const }]));
    const { outcome, asked } = await play(files);
    expect(asked).toHaveLength(1);
    expect(outcome).toEqual({ passed: 0, failed: 6, triedAgain: [] });
  });

  it('fails where jest says so and no test does', async () => {
    expect((await play({ a: { works: 'passed' } }, undefined, 1)).outcome).toMatchObject({ failed: 1 });
  });
});

async function play(first: Files | 'dies', second: Files | 'dies' = {}, exitCode?: number) {
  const asked: (readonly string[])[] = [];
  const outcome = await runTwiceWhereItFails(async (files) => {
    asked.push(files);
    const run = runOf(files.length === 0 ? first : second);
    return { ...run, exitCode: exitCode ?? run.exitCode };
  }, '/root');
  return { outcome, asked };
}

function runOf(files: Files | 'dies'): Run {
  if (files === 'dies') return { report: undefined, exitCode: 1 };
  const testResults = Object.entries(files).map(([name, tests]) => {
    const assertionResults =
      tests === 'does not load'
        ? []
        : Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
    const hasFailed = tests === 'does not load' || Object.values(tests).includes('failed');
    return { name: `/root/${name}`, status: hasFailed ? 'failed' : 'passed', assertionResults };
  });
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const report: Report = {
    numPassedTests: tests.filter(({ status }) => status === 'passed').length,
    numFailedTests: tests.filter(({ status }) => status === 'failed').length,
    numFailedTestSuites: testResults.filter(({ status }) => status === 'failed').length,
    testResults,
  };
  return { report, exitCode: report.numFailedTestSuites === 0 ? 0 : 1 };
}
