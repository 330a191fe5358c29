import { parseArgs } from 'node:util';

const HELP = `npm run fuzz -- OPTIONS

Gives every operation of the API, by its OpenAPI document, what it asks for, nearly that, and what it never should, and holds
every answer against the document: no 500, and no status, type or field that is not described.

  --minutes N   how long, all operations together (default 5)
  --seed S      begin with this seed: what a failure printed
  --help        this text

Exit codes: 0 nothing found, 1 something found, 2 it could not run.`;

try {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function run({ minutes, seed }: { minutes: string; seed?: string }): Promise<void> {
  if (!(Number(minutes) > 0)) throw new Error('--minutes is a number above zero.');
  if (seed !== undefined && !Number.isSafeInteger(Number(seed))) throw new Error('--seed is a whole number.');
  process.env.JANGBU_FUZZ_MINUTES = minutes;
  if (seed !== undefined) process.env.JANGBU_FUZZ_SEED = seed;
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'integration', 'packages/api/test/fuzz');
  await import('./test.ts');
}
