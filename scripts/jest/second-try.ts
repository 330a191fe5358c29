import { relative } from 'node:path';
import { failedFilesOf, failedTestsOf, type Report, type Tally, tallyOf, withSecondTry } from './report.ts';

/** One run of jest: its report, unless it died before it wrote one, and its exit code. */
export interface Run {
  readonly report: Report | undefined;
  readonly exitCode: number;
}

export interface Outcome extends Tally {
  /** What failed at first, one line for each test, whatever became of it at the second try. */
  readonly triedAgain: readonly string[];
}

/** Where more files fail than this, it is not for want of luck. */
const MOST_FILES = 5;

/**
 * Runs jest, and once more the files that failed: each in a process, a database and on servers of its own again, with nothing beside them.
 * A test is not tried again by itself, because those before it have left their mark. Nothing is hidden: what failed at first is named.
 * @param run all files, or those named
 */
export async function runTwiceWhereItFails(
  run: (files: readonly string[]) => Promise<Run>,
  root: string,
): Promise<Outcome> {
  const first = await run([]);
  const files = first.report === undefined ? [] : failedFilesOf(first.report);
  if (first.report === undefined || files.length === 0 || files.length > MOST_FILES)
    return { ...tallyOf(first.report, first.exitCode), triedAgain: [] };
  const second = await run(files);
  const report = second.report && withSecondTry(first.report, second.report);
  return {
    ...tallyOf(report, second.exitCode),
    triedAgain: linesOf(first.report, second.report, files, root),
  };
}

function linesOf(first: Report, second: Report | undefined, files: readonly string[], root: string) {
  return files.flatMap((file) => {
    const failedAgain = second === undefined ? undefined : new Set(failedTestsOf(second, file));
    const hasFailedAgain = second === undefined || failedFilesOf(second).includes(file);
    const names = failedTestsOf(first, file);
    // The file as a whole, where no test of it is to blame.
    if (names.length === 0) return [lineOf(relative(root, file), hasFailedAgain)];
    return names.map((name) =>
      lineOf(`${relative(root, file)}: ${name}`, failedAgain?.has(name) ?? hasFailedAgain),
    );
  });
}

function lineOf(what: string, hasFailedAgain: boolean): string {
  return `${hasFailedAgain ? 'failed twice' : 'passed at the second try'}: ${what}`;
}
