import { createLedger, openDatabase } from '@jangbu/ledger-core';
import { findDatabaseUrl } from '@jangbu/stack';
import { createHttp } from './demo/http.ts';
import { type DemoOptions, HELP, readOptions } from './demo/options.ts';
import { headLines, stepLines, tailLines } from './demo/print.ts';
import { holds } from './demo/step.ts';
import { walk } from './demo/walk.ts';

/** Exit codes: 0 all of it holds, 1 something does not, 2 it could not run or got stuck. */
try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) console.log(HELP);
  else process.exitCode = await demo(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function demo({ url, json, ledgerName }: DemoOptions): Promise<number> {
  const http = createHttp(url);
  await http.assertUp();
  const knex = openDatabase({ url: await findDatabaseUrl(), poolSize: 2, acquireTimeoutMs: 5_000 });
  const print = json ? () => {} : (lines: readonly string[]) => console.log(lines.join('\n'));
  try {
    const { ledgerId } = await createLedger({ knex, name: ledgerName, mustExist: true });
    print(headLines(url));
    const walked = await walk({ http, knex, ledgerId, onStep: (step) => print(stepLines(step)) });
    print(tailLines(walked));
    if (json) console.log(JSON.stringify({ url, ...walked }, null, 2));
    return holds(walked) ? 0 : 1;
  } finally {
    await knex.destroy();
  }
}
