import { parseArgs } from 'node:util';

const HELP = `npm run fuzz -- OPTIONS

Gives every operation of the API, by its OpenAPI document, what it asks for, nearly that, and what it never should; beside that it plays
sequences of several members at the same carts, orders, payments and stock. Holds every answer against the document: no 500, and no
status, type or field that is not described. After each sequence shop and books prove themselves.

  --minutes N       how long (default 5)
  --seed S          begin with this seed: what a failure printed
  --sequence PATH   play only this sequence of the seed: what a failure printed as its path
  --help            this text

Exit codes: 0 nothing found, 1 something found, 2 it could not run.`;

try {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      sequence: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

interface Options {
  minutes: string;
  seed?: string;
  sequence?: string;
}

async function run({ minutes, seed, sequence }: Options): Promise<void> {
  if (!(Number(minutes) > 0)) throw new Error('--minutes is a number above zero.');
  if (seed !== undefined && !Number.isSafeInteger(Number(seed))) throw new Error('--seed is a whole number.');
  if (sequence !== undefined && seed === undefined) throw new Error('--sequence needs its --seed.');
  process.env.JANGBU_FUZZ_MINUTES = minutes;
  if (seed !== undefined) process.env.JANGBU_FUZZ_SEED = seed;
  if (sequence !== undefined) process.env.JANGBU_FUZZ_SEQUENCE = sequence;
  const tests = sequence === undefined ? 'packages/api/test/fuzz' : 'packages/api/test/fuzz/sequences';
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'integration', tests);
  await import('./test.ts');
}
