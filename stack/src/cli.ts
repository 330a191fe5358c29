import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { runCommand } from './command.ts';
import { exclusively } from './exclusive.ts';
import { instanceFolder } from './folders.ts';
import { answers } from './health.ts';
import { addressOf } from './native/native-platform.ts';
import { isPart, PARTS, type Part } from './parts.ts';
import { end, isRunning } from './processes.ts';
import { startStack } from './stack.ts';
import { readState, type StackState, writeState } from './state.ts';

const program = new Command('stack')
  .description('Starts and stops real MySQL, Kafka and Connect with Debezium on this machine.')
  .showHelpAfterError();
const instanceOption = () => new Option('--instance <name>', 'which stack').default('dev');
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
  .action(({ instance }) => run(() => down(instance)));

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
      const file = join(instanceFolder(instance), part, 'log');
      if (!existsSync(file)) throw new Error(`${part} of ${instance} has no log yet.`);
      if (follow) await runCommand('tail', ['-n', '100', '-f', file]);
      else process.stdout.write(readFileSync(file));
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
      await down(instance);
      rmSync(instanceFolder(instance), { recursive: true, force: true });
      console.log(`The stack ${instance} is empty.`);
    }),
  );

async function down(instance: string): Promise<void> {
  await exclusively(instanceFolder(instance), async () => {
    const state = readState(instance);
    const kept: StackState = {};
    for (const part of [...PARTS].reverse()) {
      const known = state[part];
      if (known === undefined) continue;
      if (known.process !== undefined) await end(known.process);
      kept[part] = { port: known.port };
    }
    writeState(instance, kept);
  });
}

async function printStatus(instance: string, json = false): Promise<void> {
  const state = readState(instance);
  const rows = await Promise.all(PARTS.map((part) => statusOf(part, state[part])));
  if (json) console.log(JSON.stringify(rows, null, 2));
  else
    for (const row of rows)
      console.log(
        `${row.part.padEnd(8)} ${row.health.padEnd(12)} ${row.address ?? '-'} ${row.pid === undefined ? '' : `(pid ${row.pid})`}`,
      );
}

async function statusOf(part: Part, known: StackState[Part]) {
  if (known === undefined) return { part, health: 'never started' };
  const address = addressOf(part, known.port);
  if (known.process !== undefined && !isRunning(known.process)) return { part, health: 'down' };
  return {
    part,
    address,
    pid: known.process?.pid,
    health: (await answers(part, address)) ? 'up' : 'not answering',
  };
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
