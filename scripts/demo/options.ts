import { parseArgs } from 'node:util';

export const HELP = `npm run demo [-- OPTIONS]

Walks one payment through a running Jangbu (npm start): check-out, confirm, outbox, relay, journal, wallets, trial balance.
Prints each step with the milliseconds that it took, as seen from here.

  --url URL     the API (default http://127.0.0.1:PORT, PORT being 8081 unless set)
  --json        print the result as JSON
  --help        this text

DATABASE_URL names the database, which is only read; without it, the one that npm start runs.
Exit codes: 0 all of it holds, 1 something does not, 2 it could not run or got stuck.`;

export interface DemoOptions {
  readonly url: string;
  readonly json: boolean;
  readonly ledgerName: string;
}

/** Undefined when only help was asked for. @throws Error that says what is wrong with an option */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string', default: `http://127.0.0.1:${env['PORT'] || '8081'}` },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (!/^https?:\/\//.test(values.url) || !URL.canParse(values.url))
    throw new Error(`--url is an address such as http://127.0.0.1:8081, not ${values.url}.`);
  return {
    url: values.url.replace(/\/+$/, ''),
    json: values.json,
    ledgerName: env['LEDGER_NAME'] || 'kimchi-mall',
  };
}
