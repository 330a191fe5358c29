/** What is read of jest's JSON report. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    /** The file's whole path. */
    readonly name: string;
    readonly status: 'passed' | 'failed' | string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** A suite that could not even load has no failed test in it, and jest's exit code says so. */
export function tallyOf(report: Report | undefined, exitCode: number): Tally {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report;
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, numFailedTestSuites, exitCode === 0 ? 0 : 1),
  };
}

export function failedFilesOf(report: Report): string[] {
  return report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** The names of the tests that failed in a file; none where the file itself did, as when it did not load. */
export function failedTestsOf(report: Report, file: string): string[] {
  const results = report.testResults.find(({ name }) => name === file)?.assertionResults ?? [];
  return results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
}

/** The first report, with the files that were tried again as the second found them. */
export function withSecondTry(first: Report, second: Report): Report {
  const testResults = first.testResults.map(
    (result) => second.testResults.find(({ name }) => name === result.name) ?? result,
  );
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string, among: readonly { readonly status: string }[]) =>
    among.filter((one) => one.status === status).length;
  return {
    numPassedTests: count('passed', tests),
    numFailedTests: count('failed', tests),
    numFailedTestSuites: count('failed', testResults),
    testResults,
  };
}
