import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { usualInstance } from './folders.ts';
import { emptyInstance, endInstance, showLog, statusOf } from './instance.ts';
import { isPart, PARTS } from './parts.ts';
import { startStack } from './stack.ts';

const program = new Command('stack')
  .description('Starts and stops real MySQL, Kafka and Connect with Debezium on this machine.')
  .showHelpAfterError();
const instanceOption = () => new Option('--instance <name>', 'which stack').default(usualInstance());
const partsOption = () =>
  new Option('--only <parts...>', 'only these parts').choices([...PARTS]).default([...PARTS]);

program
  .command('up')
  .description('start what does not run, and leave it running')
  .addOption(instanceOption())
  .addOption(partsOption())
  .option('--json', 'print the addresses as JSON')
  .action(({ instance, only, json }) =>
    run(async () => {
      const stack = await startStack({
        instance,
        parts: only,
        detached: true,
        report: (line) => console.error(line),
      });
      if (json) console.log(JSON.stringify({ platform: stack.platform, ...stack.addresses }, null, 2));
      else await printStatus(instance);
    }),
  );

program
  .command('down')
  .description('end what runs; the data stays')
  .addOption(instanceOption())
  .action(({ instance }) => run(() => endInstance(instance)));

program
  .command('status')
  .description('show each part, its address, process and health')
  .addOption(instanceOption())
  .option('--json', 'print JSON')
  .action(({ instance, json }) => run(() => printStatus(instance, json)));

program
  .command('logs')
  .description("show a part's log")
  .argument('[part]', PARTS.join(', '), 'mysql')
  .addOption(instanceOption())
  .option('--follow', 'go on showing what is added')
  .action((part: string, { instance, follow }) =>
    run(async () => {
      if (!isPart(part)) throw new Error(`There is no part ${part}; choose of ${PARTS.join(', ')}.`);
      await showLog(instance, part, follow === true);
    }),
  );

program
  .command('reset')
  .description('end it and delete its data')
  .addOption(instanceOption())
  .option('--yes', 'do not ask')
  .action(({ instance, yes }) =>
    run(async () => {
      if (!yes && !(await confirmed(`Delete all data of the stack ${instance}? [y/N] `))) return;
      await emptyInstance(instance);
      console.log(`The stack ${instance} is empty.`);
    }),
  );

async function printStatus(instance: string, json = false): Promise<void> {
  const rows = await statusOf(instance);
  if (json) console.log(JSON.stringify(rows, null, 2));
  else
    for (const { part, health, address = '-', pid } of rows)
      console.log(
        `${part.padEnd(8)} ${health.padEnd(13)} ${address} ${pid === undefined ? '' : `(pid ${pid})`}`,
      );
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('Nobody is there to ask; give --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await terminal.question(question));
  } finally {
    terminal.close();
  }
}

async function run(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

await program.parseAsync();
