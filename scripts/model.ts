import { parseArgs } from 'node:util';

const HELP = `npm run model -- OPTIONS

Runs the seeded workload that holds ledger-core against an auditor, and the hammer that looks for deadlocks, for as long as you like.

  --minutes N   how long each of them runs (default 10); they run side by side
  --seed S      begin with this seed; with --minutes 0, run it alone: 7, or what a failure printed, such as 7:0.3,4.2
  --only PART   model or hammer
  --help        this text

Exit codes: 0 nothing found, 1 something found, 2 it could not run.`;

const PARTS = { model: 'model/model', hammer: 'model/hammer' } as const;

try {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function run({
  minutes,
  seed,
  only,
}: {
  minutes: string;
  seed?: string;
  only?: string;
}): Promise<void> {
  if (!(Number(minutes) >= 0)) throw new Error('--minutes is a number.');
  if (only !== undefined && !isPart(only)) throw new Error('--only is model or hammer.');
  process.env.JANGBU_MODEL_MINUTES = minutes;
  if (seed !== undefined) process.env.JANGBU_MODEL_SEED = seed;
  const pattern = only === undefined ? 'model' : PARTS[only];
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'integration', `packages/ledger-core/test/${pattern}`);
  await import('./test.ts');
}

function isPart(text: string): text is keyof typeof PARTS {
  return Object.hasOwn(PARTS, text);
}
