import { parseArgs } from 'node:util';

export const HELP = `npm run load [-- OPTIONS]

Runs the first service's flow (check-out, then confirm) against a running Jangbu, waits until all of it is settled, and proves
that the wallets hold what was paid less the fees.

  --rate N      flows begun per second (default 100)
  --seconds N   how long (default 60)
  --warm-up S   begin with so many seconds of a rising rate, which are not counted (default 15; 0 shows servers just started)
  --engine E    lean, which leaves the processor to the API, or http, Artillery's own (default lean)
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
  readonly warmUpSeconds: number;
  readonly engine: Engine;
  readonly url: string;
  readonly proveReplay: boolean;
  readonly json: boolean;
}

/** Who sends the requests: `load/engine`, or Artillery's own engine with a connection for each flow. */
export type Engine = (typeof ENGINES)[number];

const ENGINES = ['lean', 'http'] as const;

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
      'warm-up': { type: 'string', default: '15' },
      engine: { type: 'string', default: 'lean' },
      url: { type: 'string', default: `http://127.0.0.1:${env.PORT || '8081'}` },
      'prove-replay': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const engine = oneOf('--engine', ENGINES, values.engine);
  if (engine === 'lean' && !values.url.startsWith('http://'))
    throw new Error(`The lean engine speaks http:// only; for ${values.url} give --engine http.`);
  return {
    rate: wholeFrom(1, '--rate', values.rate),
    seconds: wholeFrom(1, '--seconds', values.seconds),
    warmUpSeconds: wholeFrom(0, '--warm-up', values['warm-up']),
    engine,
    url: values.url.replace(/\/$/, ''),
    proveReplay: values['prove-replay'],
    json: values.json,
  };
}

function wholeFrom(least: number, name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least)
    throw new Error(`${name} is a whole number, ${least} at least, not ${text}.`);
  return value;
}

function oneOf<Choice extends string>(name: string, choices: readonly Choice[], text: string): Choice {
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw new Error(`${name} is ${choices.join(' or ')}, not ${text}.`);
  return choice;
}
