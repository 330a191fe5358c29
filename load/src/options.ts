import { parseArgs } from 'node:util';

export const HELP = `npm run load [-- OPTIONS]

Runs the first service's flow (check-out, then confirm) against a running Jangbu, waits until all of it is settled, and proves
that the wallets hold what was paid less the fees.

  --rate N      flows begun per second (default 100)
  --seconds N   how long (default 60)
  --url URL     the API (default http://127.0.0.1:PORT, PORT being 8081 unless set)
  --prove-replay
                then rebuild the books of the whole outbox in a fresh ledger, and compare the two
  --json        print the result as JSON
  --help        this text

DATABASE_URL names the database; without it, the one that npm start runs.
Exit codes: 0 all of it holds, 1 something does not, 2 it could not run.`;

export interface LoadOptions {
  readonly rate: number;
  readonly seconds: number;
  readonly url: string;
  readonly proveReplay: boolean;
  readonly json: boolean;
}

/** Undefined when only help was asked for. */
export function readOptions(
  args: readonly string[],
  env: Record<string, string | undefined>,
): LoadOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '60' },
      url: { type: 'string', default: `http://127.0.0.1:${env.PORT || '8081'}` },
      'prove-replay': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rate: positive('--rate', values.rate),
    seconds: positive('--seconds', values.seconds),
    url: values.url.replace(/\/$/, ''),
    proveReplay: values['prove-replay'],
    json: values.json,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} is a whole number above zero, not ${text}.`);
  return value;
}
