#!/usr/bin/env node
// Hands over to the command itself under a Node that runs TypeScript; scripts/run.mjs finds or fetches one.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
process.argv.splice(1, 1, join(root, 'scripts', 'run.mjs'), 'packages/relay/src/cli/main.ts');
await import(join(root, 'scripts', 'run.mjs'));
